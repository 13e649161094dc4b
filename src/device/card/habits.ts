import { takeFailure, type NonVolatileMemory } from '../euicc/index.js';
import type { DownloadOptions, OfferedProfile } from '../lpa/index.js';
import type { CardProperties } from './properties.js';

type Habits = Pick<DownloadOptions, 'consent' | 'confirmationCode' | 'holdResult'>;

/** Changes the options of a download so that the user and the LPA behave as the card properties say. */
export function withHabits<O extends Habits>(
  options: O,
  { userRefuses, failTimes = Infinity, wrongConfirmationCodes = 0, holdNotifications }: CardProperties,
  memory: NonVolatileMemory,
): O {
  const { consent, confirmationCode } = options;
  const refusing = async (profile: OfferedProfile) =>
    userRefuses && takeFailure(memory, 'userRefuses', failTimes)
      ? userRefuses
      : ((await consent?.(profile)) ?? 'agree');
  const mistyping = async (profile: OfferedProfile) => {
    const right = typeof confirmationCode === 'function' ? await confirmationCode(profile) : confirmationCode;
    if (typeof right === 'object') return right;
    const isWrong = takeFailure(memory, 'wrongConfirmationCodes', wrongConfirmationCodes);
    return isWrong ? wrongCode(right) : right;
  };
  return {
    ...options,
    ...(userRefuses && { consent: refusing }),
    ...(wrongConfirmationCodes > 0 && { confirmationCode: mistyping }),
    ...(holdNotifications && { holdResult: true }),
  };
}

const wrongCode = (right = ''): string => `${right}0`;
