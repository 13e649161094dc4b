import { Refusal, transactionIdFromText, transactionIdToText } from '../../wire/rsp/index.js';
import type { RspSession, SessionState } from '../../store/index.js';
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
  return requireOngoing({ clock }, octets && (await store.session(octets)), ...states);
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
    : requireOngoing(context, session, ...states);
}

/**
 * A session, if it is at the point at which the function may be called.
 *
 * @param session as it was found; absent: there is none with this TransactionId
 * @throws Refusal 8.10.1/3.9 as {@link ongoingSession}
 */
export function requireOngoing(
  { clock }: Pick<SessionContext, 'clock'>,
  session: RspSession | undefined,
  ...states: SessionState[]
): RspSession {
  if (!session) throw unknownTransaction('is not known');
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

/**
 * Runs steps of a session that a Refusal ends: the LPA has to begin with initiateAuthentication again.
 *
 * @throws whatever the steps raise
 */
export async function endedByRefusal<T>(
  context: Pick<AuthenticationContext, 'store'>,
  session: RspSession,
  steps: () => Promise<T>,
): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    if (error instanceof Refusal) await endSession(context, session);
    throw error;
  }
}

/** Ends a session that has not come to its end yet; its order stays as it is. @returns whether it had not */
export function endSession(
  { store }: Pick<SessionContext, 'store'>,
  { transactionId, state }: RspSession,
): Promise<boolean> {
  return store.commit([{ kind: 'updateSession', transactionId, from: state, set: { state: 'ended' } }]);
}
