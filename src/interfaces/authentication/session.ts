import { Refusal, transactionIdFromText, transactionIdToText } from '../../wire/rsp/index.js';
import type { RspSession, SessionState } from '../../store/index.js';
import type { AuthenticationContext } from './context.js';

type SessionContext = Pick<AuthenticationContext, 'store' | 'clock'>;

/** The refusal 8.10.1/3.9. @param why the end of a sentence whose subject is the TransactionId: `is not known` */
export const unknownTransaction = (why: string): Refusal => new Refusal('8.10.1/3.9', `TransactionId ${why}`);

/**
 * Finds the ongoing session that a request names.
 *
 * @throws Refusal 8.10.1/3.9 if the session is unknown, has expired, or is in a state that is not in `states`
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
 * The session at the time of a decision. The first decision uses the session that was read before. If the session has
 * changed since, the store refuses to commit the decision, and the retry reads the session again.
 *
 * @param isRetry whether the store refused to commit an earlier decision
 * @throws Refusal 8.10.1/3.9 as {@link ongoingSession}
 */
export async function stillOngoing(
  context: SessionContext,
  session: RspSession,
  isRetry: boolean,
  ...states: SessionState[]
): Promise<RspSession> {
  return isRetry
    ? ongoingSession(context, transactionIdToText(session.transactionId), ...states)
    : requireOngoing(context, session, ...states);
}

/**
 * Requires that a session is ongoing and in one of these states.
 *
 * @param session absent if no session has the TransactionId
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
 * @param signed the TransactionId that the eUICC signed
 * @throws Refusal 8.10.1/3.9
 */
export function requireSameTransaction(session: RspSession, signed: Buffer): void {
  if (!signed.equals(session.transactionId))
    throw unknownTransaction('in the signed data is not that of the session');
}

/**
 * Runs steps of a session. If a step raises a Refusal, ends the session: the LPA must then start again with initiateAuthentication.
 *
 * @throws whatever the steps raise
 */
export async function endSessionOnRefusal<T>(
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

/** Ends a session, and leaves its order unchanged. @returns false if the session has changed since it was read */
export function endSession(
  { store }: Pick<SessionContext, 'store'>,
  { transactionId, state }: RspSession,
): Promise<boolean> {
  return store.commit([{ kind: 'updateSession', transactionId, from: state, set: { state: 'ended' } }]);
}
