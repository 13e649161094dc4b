import { expect } from 'vitest';
import type { DownloadAttempt } from '../../src/orders/index.js';
import { Refusal } from '../../src/wire/rsp/index.js';
import { newProfile, type Profile } from '../../src/store/index.js';

export const eid = '89049032123451234512345678901235';
export const otherEid = '89049032000000000000000000000071';

/** 2030-06-01T12:00:00Z. */
export const now = 1_906_545_600_000;
export const transactionId = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
export const attempt: DownloadAttempt = { eid, transactionId, now };

/** A released profile of nobody in particular, with the differences given. */
export const profileWith = (differences: Partial<Profile> = {}): Profile => ({
  ...newProfile(1, {
    iccid: '8900101000000000019',
    profileType: 'generic',
    state: 'Released',
    matchingId: '0A1B2-3C4D5-6E7F8-90ABC',
    createdAt: now,
  }),
  ...differences,
});

/** The status code with which `run` is refused; it fails where it is not. */
export function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
  return expect.unreachable('it was not refused');
}

/** The same for what is refused later. */
export async function laterRefusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
  return expect.unreachable('it was not refused');
}
