import type { CreatedProfile, DeviceDetails } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { device } from './device-calls.js';

/** How long each screen of the demo stays, in milliseconds, so that people can read it. */
const reading = 1_400;

const wantsLessMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Waits so that people can see a screen; not at all for those who want no motion. */
export const letPeopleRead = (milliseconds = reading): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, wantsLessMotion() ? 0 : milliseconds));

/** Orders a profile for a demo. */
export const orderProfile = (label: string): Promise<CreatedProfile> =>
  call<CreatedProfile>('/profiles', { method: 'POST', body: { label } });

/** Makes a phone that asks its user. */
export const makePhone = (name?: string): Promise<DeviceDetails> =>
  device.make({ platform: 'phone', user: { consent: 'ask' }, ...(name !== undefined && { name }) });

/** The whole story on a phone: it scans the code of a new profile, its user agrees, and the profile is turned on. */
export async function tellStory(name: string): Promise<void> {
  const { activationCode } = await orderProfile('demo');
  const { question } = await device.download(name, { activationCode: activationCode! }, true);
  if (!question) return;
  await letPeopleRead();
  const { result } = await device.answer(name, { answer: 'yes' }, true);
  if (result?.outcome !== 'installed') return;
  await letPeopleRead();
  await device.change(name, result.iccid!, 'enable', true);
}
