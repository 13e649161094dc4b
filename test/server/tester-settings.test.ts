import { expect, it } from 'vitest';
import { SettableClock } from '../../src/base/settable-clock.js';
import { SeededRandom } from '../../src/base/seeded-random.js';
import { ConductSwitch } from '../../src/instruments/faults/index.js';
import { TesterSettings } from '../../src/server/tester-settings.js';

it('an instance that cannot have the address of another says so once', async () => {
  const shared = new Map([['address', 'new.example.com']]);
  const warnings: string[] = [];
  const smdp = { address: 'old.example.com' };
  const settings = new TesterSettings({
    ...{ clock: new SettableClock(), conduct: new ConductSwitch('polite', new SeededRandom('x')), smdp },
    moveTo: (address) => {
      if (address.startsWith('new')) return { message: 'the certificate is not for it', remedy: 'restart' };
      smdp.address = address;
      return undefined;
    },
    warn: (text) => warnings.push(text),
  });
  const warning =
    'Another instance has the SM-DP+ address new.example.com, but this instance keeps old.example.com: the certificate is not for it; restart.';
  await settings.share({ settings: () => Promise.resolve(shared), saveSetting: () => Promise.resolve() });
  await settings.refresh();
  expect([smdp.address, warnings]).toEqual(['old.example.com', [warning]]);
  shared.set('address', 'other.example.com');
  await settings.refresh();
  expect([smdp.address, warnings]).toEqual(['other.example.com', [warning]]);
  shared.set('address', 'new.example.com');
  await settings.refresh();
  expect(warnings).toHaveLength(2);
});
