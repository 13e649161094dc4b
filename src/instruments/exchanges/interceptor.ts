import type { Answer } from './answer.js';
import type { Exchange } from './exchange.js';

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

/** Somebody who watches exchanges, and steps in on purpose: faults, conducts, the journal. */
export interface Interceptor {
  /** A request has arrived; nothing is known of it but its function. */
  received?(exchange: Exchange, request: ReceivedRequest): void | Promise<void>;
  /** More is known of the exchange. May raise a Refusal, or an Interruption. Nothing has been changed in the store yet. */
  learned?(exchange: Exchange): void | Promise<void>;
  /** `value`, or what is to stand in its place. */
  edit?(exchange: Exchange, point: EditPoint, value: Buffer): Buffer;
  /** The answer is about to go out; what the request has changed is in the store. */
  answering?(exchange: Exchange, answer: Answer): Answer | Promise<Answer>;
  /** The answer as it goes out, for those who only watch. Also told of requests that could not be read. */
  ended?(exchange: Exchange, answer: Answer): void;
}
