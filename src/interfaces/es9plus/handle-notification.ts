import { Asn1Error, decode, received } from '../../wire/asn1/index.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import { requireSignature, unknownTransaction } from '../authentication/index.js';
import { binary, type RequestBody } from '../json-binding/index.js';
import { CertificateError, parseCertificate } from '../../pki/index.js';
import {
  PendingNotification,
  Refusal,
  transactionIdToText,
  type OtherSignedNotification,
  type ProfileInstallationResult,
} from '../../wire/rsp/index.js';
import type { RspSession } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';
import { euiccKey } from './euicc-key.js';
import { applyInstallationResult } from './notifications/apply-installation-result.js';
import { applyOtherNotification } from './notifications/apply-other-notification.js';
import { recordUnverified, resultKey } from './notifications/stored-notification.js';

/**
 * ES9+.HandleNotification (SGP.22 5.6.4). The server accepts every notification, because a device keeps a notification until the server
 * answers it. If the server cannot verify a notification, it stores the notification, and changes nothing else.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2 if pendingNotification is missing or not base64
 */
export async function handleNotification(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<void> {
  const octets = binary(body, 'pendingNotification');
  const verified = await verify(context, octets, exchange);
  if ('why' in verified) return recordUnverified({ context, exchange, octets, why: verified.why });

  if ('session' in verified) {
    const { session, data } = verified;
    const { transactionId, eid, profileId } = session;
    await exchange.learn({
      transactionId: transactionIdToText(transactionId),
      eid: eid!,
      profileId: profileId!,
    });
    return applyInstallationResult({ context, exchange, session, octets, data });
  }
  const { eid, metadata } = verified;
  return applyOtherNotification({ context, exchange, eid, octets: verified.octets, metadata });
}

/** A notification whose signature verifies, or the reason why it does not. */
type Verified =
  | {
      readonly session: RspSession;
      readonly data: ProfileInstallationResult['profileInstallationResultData'];
    }
  | {
      readonly eid: string;
      readonly octets: Buffer;
      readonly metadata: OtherSignedNotification['tbsOtherNotification'];
    }
  | { readonly why: string };

/** Steps (1) to (3) of SGP.22 5.6.4. */
async function verify(context: Es9PlusContext, octets: Buffer, exchange: Exchange): Promise<Verified> {
  try {
    const notification = exchange.check('5.6.4 (1)', 'pendingNotification can be decoded', () =>
      decode(PendingNotification, octets, { lengths: 'definite' }),
    );

    // A ProfileInstallationResult belongs to a session, which has the eUICC's key.
    if ('profileInstallationResult' in notification) {
      const { profileInstallationResultData: data, euiccSignPIR } = notification.profileInstallationResult;
      const session = await exchange.check(
        '5.6.4 (2)',
        'the TransactionId is that of a session with an order',
        () => sessionOf(context, data.transactionId),
      );
      exchange.check('5.6.4 (3)', 'euiccSignPIR verifies', () =>
        requireSignature({
          name: 'euiccSignPIR',
          signature: euiccSignPIR,
          over: [received(data)],
          publicKey: euiccKey(context, session),
        }),
      );
      return { session, data };
    }

    // Any other notification carries its own certificates and needs no session.
    const { otherSignedNotification } = notification;
    const eid = exchange.check('5.6.4 (2)', 'certificates and euiccNotificationSignature verify', () =>
      signedBy(context, otherSignedNotification),
    );
    return { eid, octets: received(notification), metadata: otherSignedNotification.tbsOtherNotification };
  } catch (error) {
    if (error instanceof Asn1Error) return { why: `cannot be decoded: ${error.message}` };
    if (error instanceof Refusal || error instanceof CertificateError) return { why: error.message };
    throw error;
  }
}

/** The session of a download. @throws Refusal 8.10.1/3.9 if the session is unknown, or never had an order */
async function sessionOf({ store }: Es9PlusContext, transactionId: Buffer): Promise<RspSession> {
  const session = await store.session(transactionId);
  if (session?.euiccPublicPoint && session.profileId !== null) return session;
  const isRepeat = await store.hasNotification(resultKey(transactionId));
  const why = isRepeat ? 'names a session that has already reported its result' : 'is not known';
  throw unknownTransaction(`${transactionIdToText(transactionId)} ${why}`);
}

/**
 * The EID that the certificates in the notification prove.
 *
 * @throws CertificateError or Refusal if a certificate or the signature is not valid
 */
function signedBy({ pki, clock }: Es9PlusContext, notification: OtherSignedNotification): string {
  const { euiccCertificate, eumCertificate } = notification;
  const { authorityKeyId } = parseCertificate(eumCertificate);
  const { eid, publicKey } = pki.verifyEuicc({
    euiccCertificate,
    eumCertificate,
    sessionCiKeyId: authorityKeyId ?? Buffer.alloc(0),
    now: clock.now(),
  });
  requireSignature({
    name: 'euiccNotificationSignature',
    signature: notification.euiccNotificationSignature,
    over: [received(notification.tbsOtherNotification)],
    publicKey,
  });
  return eid;
}
