import type { ExchangeList, Unverified, Verified } from '../api/index.js';
import type { CallApi } from './call.js';
import { answerIn, ControlError } from './errors.js';
import { sinceText } from './journal.js';
import { VerificationError } from './verification-error.js';
import type { Expectation } from './expectation.js';

/**
 * Resolves if the expected number of exchanges took place (default: at least one). With `timeout`, waits for them.
 *
 * @example
 *     await smdp.verify({ expect: { function: 'handleNotification', iccid }, count: { exactly: 1 }, timeout: 2 });
 *     await smdp.verify({ expect: { function: 'handleNotification' }, count: { exactly: 0 }, during: 2 });
 *
 * @throws VerificationError if the exchanges did not take place as expected; ControlError 400 for an invalid expectation; ControlError 409
 * if the journal is off, or if it has dropped exchanges that would decide the outcome
 */
export type Verify = (expectation: Expectation) => Promise<Verified>;

export const verifyBy =
  (call: CallApi): Verify =>
  async (expectation) => {
    const { since, ...rest } = expectation;
    const from = since === undefined ? {} : { since: sinceText(since) };
    try {
      return await call<Verified>('POST', '/verify', { body: { ...rest, ...from } });
    } catch (error) {
      if (!(error instanceof ControlError) || error.status !== 417) throw error;
      const answer = answerIn(error) as Unverified;
      if (answer.count + answer.nearMisses.length > 0) throw new VerificationError(expectation, answer);
      throw new VerificationError(expectation, answer, await exchangesSince(call, from));
    }
  };

/** The exchanges since a point. Empty if the server was closed in the meantime. */
const exchangesSince = async (call: CallApi, from: { readonly since?: string }) => {
  try {
    return (await call<ExchangeList>('GET', '/exchanges', { query: from })).items;
  } catch {
    return [];
  }
};
