import { systemClock } from '../../../../src/base/clock.js';
import { SeededRandom } from '../../../../src/base/seeded-random.js';
import type { VirtualDevice } from '../../../../src/device/index.js';
import {
  ManagementSystem,
  type Assignment,
  type PolicyContent,
} from '../../../../src/device/management/policy/index.js';
import type { WindowsPc, WindowsSettings } from '../../../../src/device/management/windows/index.js';
import { startMockSmdp, type MockSmdp } from '../../../../src/library/index.js';
import { testPkiFolder } from '../../../support/pki-folder.js';
import { whenDone } from '../../../support/when-done.js';
import { testPc } from './pc.js';

export let smdp: MockSmdp;
export let address: string;

/** Starts the server for one test file. Files share this module, but not the server, which ends with its file. */
export async function openOffice(): Promise<void> {
  const started = await startMockSmdp({ certs: await testPkiFolder(), dsAddress: 'smds.localhost' });
  whenDone(() => started.close());
  smdp = started;
  address = started.address;
}

/** A download server with the defaults of the settings catalog. */
export const downloadServer = (changes: object = {}): PolicyContent => ({
  ...{ kind: 'downloadServer', serverNames: [address], isDiscoveryServer: false },
  ...{ autoEnable: true, displayLocalUi: true },
  ...changes,
});

/** A list with new activation codes of the server. */
export async function codeList(count: number): Promise<PolicyContent & { kind: 'activationCodes' }> {
  const codes = [];
  for (let number = 0; number < count; number++) {
    const { iccid, matchingId } = await smdp.profiles.create();
    codes.push({ iccid, matchingId: matchingId! });
  }
  return { kind: 'activationCodes', smdpAddress: address, codes };
}

export const toPcs: Assignment = { include: ['pcs'], exclude: [] };

/** A management system with PCs in the group `pcs`. */
export class Rig {
  readonly pcs = new Map<string, WindowsPc>();
  readonly devices = new Map<string, VirtualDevice>();
  readonly system = new ManagementSystem({
    clock: systemClock,
    random: new SeededRandom('office'),
    device: (name) => {
      const windows = this.pcs.get(name);
      return windows && { windows };
    },
  });

  /** Makes PCs `pc-1`, `pc-2` … */
  constructor(count: number, settings: Partial<WindowsSettings> = {}) {
    for (let number = 1; number <= count; number++) {
      const device = smdp.device();
      this.devices.set(`pc-${number}`, device);
      this.pcs.set(`pc-${number}`, testPc(device, { maximumAttempts: 1, ...settings }));
    }
    this.system.directory.set('pcs', { devices: [...this.pcs.keys()], users: [] });
  }

  /** Orders a profile for the EID of each PC. */
  async order(): Promise<readonly string[]> {
    const iccids = [];
    for (const { eid } of this.devices.values())
      iccids.push((await smdp.profiles.create({ eid, matchingId: '' })).iccid);
    return iccids;
  }

  /** Each PC checks in, works, and checks in again. */
  async sync(...names: readonly string[]): Promise<void> {
    for (const name of names.length > 0 ? names : this.pcs.keys()) {
      this.system.checkIn(name);
      await this.pcs.get(name)!.idle();
      this.system.checkIn(name);
    }
  }

  iccidsOn = (name: string): readonly string[] =>
    this.devices
      .get(name)!
      .profiles()
      .map(({ iccid }) => iccid);

  /** The status of a device in a policy. */
  statusOf(policy: string, name: string) {
    return this.system.status(policy).devices.find(({ deviceName }) => deviceName === name)!;
  }
}
