import type { Change, InstalledState, Profile, Store } from '../../store/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { afterDeletion } from '../after-deletion.js';
import { admitDownload } from '../admit-download.js';
import { checkConfirmationCode } from '../check-confirmation-code.js';
import { deliverBpp, refuseTaken } from '../deliver-bpp.js';
import type { DownloadAttempt, OrderChange } from '../order-change.js';
import { cancelDownload } from '../cancel-download.js';
import { installationProgress, installationReported, profileManaged } from '../notifications.js';
import type { SimulationContext } from './context.js';
import type { FailureRule } from './failures.js';
import { simulatedResult } from './installation-result.js';
import type { PlannedStep } from './plan.js';

/** The changes that a step makes to the order and to other records. */
export type StepChange = OrderChange & { readonly along?: readonly Change[] };

export interface StepInput {
  readonly context: SimulationContext;
  /** The order as the eUICC sees it. */
  readonly profile: Profile;
  readonly attempt: DownloadAttempt;
}

/** The changes that the ES9+ function of this step would make. @throws Refusal that this function would raise */
export async function changeOf(input: StepInput, { name, failure }: PlannedStep): Promise<StepChange> {
  switch (name) {
    case 'start':
      return admission(input, failure);
    case 'download':
      return delivery(input, failure);
    case 'cancel':
      return cancellation(input, failure);
    case 'install':
      return installation(input, failure);
    case 'enable':
      return management(input, 'enabled');
    case 'disable':
      return management(input, 'disabled');
    case 'delete':
      return management(input, 'deleted');
  }
}

/** ES9+.AuthenticateClient. */
async function admission(
  { context, profile, attempt }: StepInput,
  failure: FailureRule | undefined,
): Promise<OrderChange> {
  const binding = await context.store.binding(profile.id, attempt.eid);
  const installedBefore = binding !== undefined && binding.installedAt !== null;
  const status = failure?.at === 'start' ? failure.status : undefined;
  const order = {
    ...profile,
    ...(status === '8.8.5/4.10' && { validUntil: attempt.now }),
    ...(status === '8.8.5/6.4' && { downloadAttemptsLeft: 0 }),
  };
  return admitDownload(order, { ...attempt, installedBefore }, () => {
    if (status === '8.2.5/4.3') throw new Refusal(status, 'eUICC is not eligible: simulated');
    if (status === '8.1/4.8') throw new Refusal(status, 'eUICC has too little memory: simulated');
  });
}

/** A placeholder for the one-time key of the eUICC. The binding has no `smdpOtsk`, so the server never asks an eUICC to reuse this key. */
const noPoint = Buffer.alloc(65);

/** ES9+.GetBoundProfilePackage. The confirmation code counts as right, unless the failure concerns the code. */
function delivery({ context, profile, attempt }: StepInput, failure: FailureRule | undefined): StepChange {
  const taken = refuseTaken(profile, attempt);
  if (taken) return taken;
  if (failure?.at === 'code') return refusedCode({ context, profile, attempt }, failure.status);
  const status = failure?.at === 'delivery' ? failure.status : undefined;
  if (status === '8.2/3.7') return refuseTaken({ ...profile, eid: 'another' }, attempt)!;
  const change = deliverBpp(
    status === '8.8.5/4.10' ? { ...profile, validUntil: attempt.now } : profile,
    attempt,
  );
  if (change.refusal) return change;
  const binding = {
    ...{ profileId: profile.id, eid: attempt.eid, euiccOtpk: noPoint },
    ...{ smdpOtsk: null, installedAt: null },
  };
  return { ...change, along: [{ kind: 'saveBinding', binding }] };
}

/** @throws Refusal 8.2.1/3.5 if the order has no confirmation code */
function refusedCode({ context, profile, attempt }: StepInput, status: string): OrderChange {
  if (profile.confirmationCodeHash === null)
    throw new Refusal('8.2.1/3.5', 'the order has no confirmation code, so none can be refused');
  const hashCc = status === '8.2.7/2.2' ? undefined : context.random.bytes(32);
  const order = status === '8.2.7/6.4' ? { ...profile, confirmationCodeAttemptsLeft: 0 } : profile;
  return checkConfirmationCode(order, attempt, hashCc)!;
}

/** ES9+.CancelSession. */
function cancellation({ profile, attempt }: StepInput, failure: FailureRule | undefined): OrderChange {
  if (!failure || !('cancels' in failure))
    throw new TypeError('the step cancel needs a failure with a reason');
  const isBound = failure.at === 'package';
  const session = isBound ? ofLastDownload(profile, attempt) : attempt;
  return cancelDownload(profile, session, failure.cancels, isBound ? 'bound' : 'authenticated');
}

/** ES9+.HandleNotification with a ProfileInstallationResult. @throws Refusal 8.2.1/3.5 if no download is under way */
async function installation(
  { context, profile, attempt }: StepInput,
  failure: FailureRule | undefined,
): Promise<StepChange> {
  const session = ofLastDownload(profile, attempt);
  const { eid, transactionId, now } = session;
  const errorReason = failure?.at === 'installation' ? failure.errorReason : undefined;
  const seqNumber = await nextSeqNumber(context.store, profile, eid);
  const change = installationReported(profile, session, { errorReason, seqNumber });
  if (!change) throw new Refusal('8.2.1/3.5', `no installation is under way: profile is ${profile.state}`);
  const { iccid } = profile;
  const { address, smdpOid } = context;
  const resultData = simulatedResult({ transactionId, iccid, seqNumber, address, smdpOid, errorReason });
  const whenInstalled: Change[] = [
    { kind: 'markInstalled', profileId: profile.id, eid, at: now },
    ...(profile.reuse === 'once' ? [{ kind: 'endSessions' as const, profileId: profile.id, eid }] : []),
  ];
  return {
    ...change,
    along: [
      recordNotification(profile, session, {
        seqNumber,
        operation: 'install',
        octets: resultData.pendingNotification,
      }),
      ...(errorReason === undefined ? whenInstalled : []),
    ],
    progress: installationProgress(resultData, errorReason),
  };
}

const operations = { enabled: 'enable', disabled: 'disable', deleted: 'delete' } as const;

/** ES9+.HandleNotification with an OtherSignedNotification. */
async function management(
  { context: { store }, profile, attempt }: StepInput,
  to: InstalledState,
): Promise<StepChange> {
  const session = ofLastDownload(profile, attempt);
  const seqNumber = await nextSeqNumber(store, profile, attempt.eid);
  const rule = to === 'deleted' ? await afterDeletion(store, profile) : {};
  const { lateness, ...change } = profileManaged(profile, session, { to, seqNumber, ...rule });
  const content = { seqNumber, operation: operations[to], octets: Buffer.alloc(0) };
  return { ...change, along: [recordNotification(profile, session, content)] };
}

/** The number of the eUICC's next notification. An eUICC numbers all its notifications in one sequence. */
async function nextSeqNumber(
  store: Store,
  { id, installedSeqNumber }: Profile,
  eid: string,
): Promise<number> {
  const own = (await store.notifications(id)).filter((notification) => notification.eid === eid);
  const used = own.flatMap(({ seqNumber }) => seqNumber ?? []);
  return Math.max(-1, installedSeqNumber ?? -1, ...used) + 1;
}

const ofLastDownload = ({ boundTransactionId }: Profile, attempt: DownloadAttempt): DownloadAttempt => ({
  ...attempt,
  transactionId: boundTransactionId ?? attempt.transactionId,
});

/** Stores the notification, marked as simulated. */
const recordNotification = (
  { id, iccid }: Profile,
  { eid, now }: DownloadAttempt,
  content: { readonly seqNumber: number; readonly operation: string; readonly octets: Buffer },
): Change => ({
  kind: 'recordNotification',
  notification: {
    ...{ receivedAt: now, verified: true, eid, iccid, profileId: id, key: null },
    ...{ ...content, outcome: 'acted upon; simulated' },
  },
});
