import { expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { SeededRandom } from '../../../src/base/seeded-random.js';
import { ManagementSystems } from '../../../src/device/management/index.js';
import { DevicePark } from '../../../src/device/park/index.js';

function systemsOf(...namespaces: readonly string[]): ManagementSystems {
  const systems = new ManagementSystems({
    park: new DevicePark({ clock: systemClock, materialFor: () => expect.unreachable('no device is made') }),
    ...{ clock: systemClock, random: new SeededRandom('systems') },
  });
  for (const name of namespaces) systems.system(name).directory.set('pcs', { devices: ['pc-1'], users: [] });
  return systems;
}

it('nothing is left of a namespace that was emptied', () => {
  const systems = systemsOf('one', 'two');
  systems.clear('one');
  expect(systems.namespaces()).toEqual(['two']);
  expect(systems.system('one').directory.list()).toEqual([]);
  expect(systems.system('two').directory.list()).toHaveLength(1);
});

it('nothing is left of any namespace after a reset of the whole server', () => {
  const systems = systemsOf('', 'one');
  systems.clear();
  expect(systems.namespaces()).toEqual([]);
});
