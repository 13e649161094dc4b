import { rootCertificates } from 'node:tls';
import { systemClock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import { certificateToPem, type Pki } from '../pki/index.js';
import type { Courier, DeliveryLog } from '../outbound/delivery/index.js';
import { progressCourier, ProgressOutbox, type AttemptReport } from '../outbound/progress/index.js';
import type { Callback, Store } from '../store/index.js';

/** Queues and delivers messages to operators about downloads. */
export interface ProgressReports {
  readonly outbox: ProgressOutbox;
  readonly courier: Courier<Callback>;
}

/** Starts the delivery of queued messages to operators. */
export function startProgress(
  store: Store,
  pki: Pki,
  random: Random,
  log: DeliveryLog,
  reportAttempt: AttemptReport,
): ProgressReports {
  const { cert, key, ca } = pki.tls;
  const known = [
    ...pki.trustedCis.map(certificateToPem),
    ...pki.operatorCas.map(String),
    ...rootCertificates,
  ];
  const tls = { cert, key, ca: [ca, ...known] };
  const courier = progressCourier({ store, clock: systemClock, tls, log, reportAttempt });
  courier.start();
  const requester = pki.identities[0]!.oid;
  return { courier, outbox: new ProgressOutbox({ store, random, requester, queued: () => courier.wake() }) };
}
