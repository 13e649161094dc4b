import { describe, expect, it } from 'vitest';
import type { EuiccTraits } from '../../../src/device/index.js';
import type { DeviceRequirements } from '../../../src/profiles/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { success } from './support/exchange.js';

const smdp = await startTestSmdp();
let serial = 0;

/** What authenticateClient answers a device of these traits that asks for a profile with these requirements. */
async function outcome(requirements: DeviceRequirements, traits: Partial<EuiccTraits> = {}): Promise<string> {
  const name = `type ${++serial}`;
  const source = { kind: 'generated', parameters: {} } as const;
  await smdp.context.profileTypes.put({ name, source, metadata: {}, requirements, protection: 'session' });
  const { matchingId } = await smdp.prepare({ profileType: name });
  const conversation = await Conversation.initiated(smdp, { matchingId, traits });
  return (await conversation.authenticate()).status;
}

describe('a profile type that demands', () => {
  it.each<[string, DeviceRequirements, Partial<EuiccTraits>, Partial<EuiccTraits>, string]>([
    ['an SVN', { svn: '2.3.0' }, { svn: '2.3.0' }, { svn: '2.2.2' }, '8.2.5/4.3'],
    [
      'a capability of the UICC',
      { uiccCapability: ['isimSupport'] },
      { uiccCapability: [1, 2] },
      { uiccCapability: [1] },
      '8.2.5/4.3',
    ],
    [
      'a capability for remote provisioning',
      { rspCapability: ['crlSupport'] },
      { rspCapability: [0, 1] },
      { rspCapability: [0] },
      '8.2.5/4.3',
    ],
    ['memory', { memory: 100_000 }, { nonVolatileMemory: 100_000 }, { nonVolatileMemory: 99_999 }, '8.1/4.8'],
  ])('%s is given to devices that have it', async (_, requirements, fit, unfit, status) => {
    expect(await outcome(requirements, fit)).toBe(success);
    expect(await outcome(requirements, unfit)).toBe(status);
  });

  it('nothing is given to an eUICC that has room for its package', async () => {
    expect(await outcome({}, { nonVolatileMemory: 1_000 })).toBe('8.1/4.8');
    expect(await outcome({ memory: 0 }, { nonVolatileMemory: 1_000 })).toBe(success);
    expect(await outcome({}, { uiccCapability: [], rspCapability: [] })).toBe(success);
  });
});
