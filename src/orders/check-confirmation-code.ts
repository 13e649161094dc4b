import type { Profile } from '../store/index.js';
import { Refusal } from '../wire/rsp/index.js';
import { confirmationCodeMatches } from './confirmation-code-hash.js';
import { entry, giveUp, refused, type DownloadAttempt, type OrderChange } from './order-change.js';
import { NotificationPoint } from './progress.js';

const { confirmationFailure } = NotificationPoint;

/**
 * Checks the confirmation code (SGP.22 5.6.2). Counts wrong codes. Ends the order if a code arrives when no attempts are left.
 *
 * @param hashCc as received; an empty `hashCc` counts as absent
 * @returns `undefined` if the code is right, or if the order needs no code
 */
export function checkConfirmationCode(
  profile: Profile,
  attempt: DownloadAttempt,
  hashCc: Buffer | undefined,
): OrderChange | undefined {
  if (profile.confirmationCodeHash === null) return undefined;
  if (!hashCc || hashCc.length === 0)
    return refused(confirmationFailure, new Refusal('8.2.7/2.2', 'confirmation code is missing'));
  if (profile.confirmationCodeAttemptsLeft === 0) {
    const locked = new Refusal('8.2.7/6.4', 'no confirmation code attempts are left');
    if (profile.state === 'Error' && profile.errorStatus === locked.status) throw locked;
    return giveUp(profile, attempt, confirmationFailure, locked);
  }
  if (confirmationCodeMatches(profile.confirmationCodeHash, attempt.transactionId, hashCc)) return undefined;
  const left = profile.confirmationCodeAttemptsLeft - 1;
  const refusal = new Refusal('8.2.7/3.8', 'confirmation code is wrong');
  return {
    ...refused(confirmationFailure, refusal),
    set: { confirmationCodeAttemptsLeft: left },
    history: [
      entry(profile, attempt, 'getBoundProfilePackage', profile.state, `${left} attempts left`, '8.2.7/3.8'),
    ],
  };
}
