/**
 * Places where a fault can change an answer before the server signs, encodes or sends it. Unless a comment says
 * otherwise, the value is DER with tag and length.
 */
export const editPoints = [
  /** The plain octets of the TransactionId, 1 to 16. */
  'transactionId',
  'serverSigned1',
  'serverSignature1',
  'serverCertificate',
  'smdpSigned2',
  'smdpSignature2',
  'smdpCertificate',
  /** BF25 in the answer to authenticateClient. The bound profile package (BPP) repeats it. */
  'profileMetadata',
  /** BF25 as sent inside the BPP. */
  'boundProfileMetadata',
  /** The plain octets of the TransactionId in BF23. */
  'boundTransactionId',
  /** The unprotected profile package (UPP): a series of profile elements. */
  'profilePackage',
  /** BF36. */
  'boundProfilePackage',
] as const;
export type EditPoint = (typeof editPoints)[number];

/** A request as it arrived. */
export interface ReceivedRequest {
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty if the request has no body. */
  readonly body: Buffer;
}
