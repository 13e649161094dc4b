import { encode, tlv } from '../../wire/asn1/index.js';
import {
  CancelSessionReason,
  CancelSessionResponse,
  EuiccCancelSessionSigned,
} from '../../wire/rsp/index.js';
import { authenticatedSession, endSession, type Card } from './card.js';
import { build, finish, signed } from './edits.js';

/** Name of a CancelSessionReason (SGP.22 5.7.14). */
export type CancelReason = keyof typeof CancelSessionReason;

const invalidTransactionId = 5;

/** ES10b.CancelSession (SGP.22 5.7.14). Ends the session if it has this `transactionId`. @returns CancelSessionResponse in DER */
export function cancelSession(card: Card, transactionId: Buffer, reason: CancelReason): Buffer {
  const session = authenticatedSession(card);
  if (!session?.transactionId.equals(transactionId)) {
    const refusal = encode(CancelSessionResponse, { cancelSessionResponseError: invalidTransactionId });
    return finish(card.edits, 'cancelSessionResponse', refusal);
  }
  endSession(card);
  const data = build(card.edits, 'euiccCancelSessionSigned', EuiccCancelSessionSigned, {
    transactionId,
    smdpOid: session.serverOid,
    reason: CancelSessionReason[reason],
  });
  const signature = signed(card.edits, 'euiccCancelSessionSigned', session.credential.privateKey, [data]);
  return finish(card.edits, 'cancelSessionResponse', tlv(0xbf41, tlv(0xa0, data, signature)));
}
