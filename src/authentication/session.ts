import type { Clock } from '../base/clock.js';
import { Refusal, transactionIdFromText, transactionIdToText } from '../rsp/index.js';
import type { RspSession, SessionState } from '../store/index.js';
import type { AuthenticationContext } from './context.js';

type SessionContext = Pick<AuthenticationContext, 'store' | 'clock'>;

/** 8.10.1/3.9. */
export const unknownTransaction = (why: string): Refusal => new Refusal('8.10.1/3.9', `TransactionId ${why}`);

/**
 * The ongoing session that a request names.
 *
 * @throws Refusal 8.10.1/3.9 unknown, expired, or not at the point at which the function may be called
 */
export async function ongoingSession(
  { store, clock }: SessionContext,
  transactionId: string,
  ...states: SessionState[]
): Promise<RspSession> {
  const octets = transactionIdFromText(transactionId);
  const session = octets && (await store.session(octets));
  if (!session) throw unknownTransaction('is not known');
  return requireOngoing(clock, session, states);
}

/**
 * The session of a request as it stands when the request is decided about: read anew only where a decision could not be
 * committed, since each commit is conditional on the state of the session.
 *
 * @param isRepeat whether an earlier decision could not be committed
 * @throws Refusal 8.10.1/3.9 as {@link ongoingSession}
 */
export async function stillOngoing(
  context: SessionContext,
  session: RspSession,
  isRepeat: boolean,
  ...states: SessionState[]
): Promise<RspSession> {
  return isRepeat
    ? ongoingSession(context, transactionIdToText(session.transactionId), ...states)
    : requireOngoing(context.clock, session, states);
}

function requireOngoing(clock: Clock, session: RspSession, states: readonly SessionState[]): RspSession {
  if (session.expiresAt <= clock.now().getTime()) throw unknownTransaction('has expired');
  if (!states.includes(session.state)) throw unknownTransaction(`names a session that is ${session.state}`);
  return session;
}

/**
 * The TransactionId in the signed part has to be that of the session.
 *
 * @throws Refusal 8.10.1/3.9
 */
export function requireSameTransaction(session: RspSession, signed: Buffer): void {
  if (!signed.equals(session.transactionId)) throw unknownTransaction('in the signed part is another one');
}

/** Ends a session that has not come to its end yet; its order stays as it is. @returns whether it had not */
export function endSession(
  { store }: SessionContext,
  { transactionId, state }: RspSession,
): Promise<boolean> {
  return store.commit([{ kind: 'updateSession', transactionId, from: state, set: { state: 'ended' } }]);
}
