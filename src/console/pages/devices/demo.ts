import type { CreatedProfile, DeviceDetails } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { device } from './device-calls.js';

/** How long each screen of the demo stays, in milliseconds, so that people can read it. */
const reading = 1_400;

const wantsLessMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Waits so that people can read a screen. Does not wait if the user prefers reduced motion. */
export const letPeopleRead = (milliseconds = reading): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, wantsLessMotion() ? 0 : milliseconds));

/** Orders a profile for a demo. */
export const orderProfile = (label: string): Promise<CreatedProfile> =>
  call<CreatedProfile>('/profiles', { method: 'POST', body: { label } });

/** Makes a phone that asks its user. */
export const makePhone = (name?: string): Promise<DeviceDetails> =>
  device.make({ platform: 'phone', user: { consent: 'ask' }, ...(name !== undefined && { name }) });

/** Plays a whole download: the phone scans the code of a new profile, its user agrees, and the phone enables the profile. */
export async function playDemo(name: string): Promise<void> {
  const { activationCode } = await orderProfile('demo');
  const { question } = await device.download(name, { activationCode: activationCode! }, true);
  if (!question) return;
  await letPeopleRead();
  const { result } = await device.answer(name, { answer: 'yes' }, true);
  if (result?.outcome !== 'installed') return;
  await letPeopleRead();
  await device.change(name, result.iccid!, 'enable', true);
}
