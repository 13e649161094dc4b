/**
 * Places at which an answer can be changed on purpose before it is signed, encoded or sent: DER with tag and length, where
 * nothing else is said.
 */
export const editPoints = [
  /** The octets themselves, 1 to 16. */
  'transactionId',
  'serverSigned1',
  'serverSignature1',
  'serverCertificate',
  'smdpSigned2',
  'smdpSignature2',
  'smdpCertificate',
  /** BF25, which authenticateClient answers and which the BPP repeats. */
  'profileMetadata',
  /** The same as the BPP has it. */
  'boundProfileMetadata',
  /** TransactionId of BF23, the octets themselves. */
  'boundTransactionId',
  /** The UPP: a series of profile elements. */
  'profilePackage',
  /** BF36. */
  'boundProfilePackage',
] as const;
export type EditPoint = (typeof editPoints)[number];

/** A request as it arrived. */
export interface ReceivedRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty where there is none. */
  readonly body: Buffer;
}
