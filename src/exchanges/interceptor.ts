import type { BoundProfilePackageParts } from '../es8plus/index.js';
import type { Answer } from './answer.js';
import type { Exchange } from './exchange.js';

/**
 * Places at which an answer can be changed on purpose before it is signed, encoded or sent. Where nothing else is said, DER
 * with tag and length.
 */
export interface EditPoints {
  /** The octets themselves, 1 to 16. */
  transactionId: Buffer;
  serverSigned1: Buffer;
  serverSignature1: Buffer;
  serverCertificate: Buffer;
  smdpSigned2: Buffer;
  smdpSignature2: Buffer;
  smdpCertificate: Buffer;
  /** BF25, which authenticateClient answers and which the BPP repeats. */
  profileMetadata: Buffer;
  /** The same as the BPP has it. */
  boundProfileMetadata: Buffer;
  /** TransactionId of BF23, the octets themselves. */
  boundTransactionId: Buffer;
  /** The UPP. */
  profilePackage: Buffer;
  boundProfilePackage: BoundProfilePackageParts;
}

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
  edit?<P extends keyof EditPoints>(exchange: Exchange, point: P, value: EditPoints[P]): EditPoints[P];
  /** The answer is about to go out; what the request has changed is in the store. */
  answering?(exchange: Exchange, answer: Answer): Answer | Promise<Answer>;
}
