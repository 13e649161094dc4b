import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  factoryState,
  openStateFile,
  segmentBoundProfilePackage,
  StateFileError,
  VirtualEuicc,
} from '../../src/device/index.js';
import { metadataFor, minimalIccid, minimalProfile } from './support/profiles.js';
import { TestSession, testWorld } from './support/test-server.js';

const world = testWorld();
const { eid } = world.material;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'euicc-'));
  path = join(folder, 'sub', 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function euiccAt(file: string, firstSeqNumber?: number): VirtualEuicc {
  return new VirtualEuicc({ material: world.material, memory: openStateFile(file, eid, firstSeqNumber) });
}

function install(euicc: VirtualEuicc): void {
  const session = new TestSession(world);
  const authenticated = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
  const prepared = euicc.prepareDownload(session.prepareDownload(authenticated));
  const bound = session.boundProfilePackage(prepared, { metadata: metadataFor() });
  euicc.loadBoundProfilePackage(segmentBoundProfilePackage(bound).units);
}

it('an eUICC knows after a restart what it knew before', () => {
  install(euiccAt(path, 41));
  const again = euiccAt(path);
  expect(again.getProfilesInfo()).toMatchObject([{ iccid: minimalIccid, state: 'disabled' }]);
  expect(again.installedPackage(minimalIccid)).toEqual(minimalProfile());
  expect(again.retrieveNotificationsList()).toMatchObject([{ seqNumber: 41, operation: 'install' }]);
  again.enableProfile(minimalIccid);
  expect(euiccAt(path).getProfilesInfo()).toMatchObject([{ state: 'enabled' }]);
});

it('the one-time key survives a restart between two tries', () => {
  const session = new TestSession(world);
  const keyOf = (response: Buffer): string =>
    response.subarray(response.indexOf(Buffer.from('5f4941', 'hex')) + 3).toString('hex', 0, 65);
  const before = euiccAt(path);
  const first = before.authenticateServer(session.authenticateServer(before.getEuiccChallenge()));
  const key = keyOf(before.prepareDownload(session.prepareDownload(first)));

  const after = euiccAt(path);
  const retry = new TestSession(world);
  const second = after.authenticateServer(retry.authenticateServer(after.getEuiccChallenge()));
  const signedPart = { bppEuiccOtpk: Buffer.from(key, 'hex') };
  expect(keyOf(after.prepareDownload(retry.prepareDownload(second, { signedPart })))).toBe(key);
});

it('a file appears with the first change, for its owner alone, and nothing is left beside it', () => {
  const euicc = euiccAt(path);
  expect(existsSync(path)).toBe(false);
  install(euicc);
  expect(readdirSync(join(folder, 'sub'))).toEqual(['state.json']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1, eid });
});

it.each([
  ['another eUICC', JSON.stringify(factoryState('8'.repeat(32))), /is the state of eUICC 8888/],
  ['no JSON', '{', /is not JSON/],
  ['another kind of JSON', '{"version":1}', /is not the state of a virtual eUICC/],
  ['null', 'null', /is not the state of a virtual eUICC/],
])('a file of %s is refused', (_, content, message) => {
  const file = join(folder, 'state.json');
  writeFileSync(file, content);
  expect(() => openStateFile(file, eid)).toThrow(StateFileError);
  expect(() => openStateFile(file, eid)).toThrow(message);
});
