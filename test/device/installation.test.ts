import { describe, expect, it } from 'vitest';
import { bits, decode, received, tlv } from '../../src/wire/asn1/index.js';
import {
  BppCommandId,
  ErrorReason,
  iccidToOctets,
  ProfileInstallationResult,
} from '../../src/wire/rsp/index.js';
import { ConditionsOfUseError, segmentBoundProfilePackage, VirtualEuicc } from '../../src/device/index.js';
import type { VirtualEuiccOptions } from '../../src/device/index.js';
import { signatureHolds } from '../../src/device/euicc/signature.js';
import type { BindingInput } from './support/binding.js';
import { owner, packageFaults } from './support/package-faults.js';
import { metadataFor, minimalIccid, minimalProfile } from './support/profiles.js';
import { TestSession, testWorld } from './support/test-server.js';

const world = testWorld();
const signingKey = world.material.credentials[0]!.privateKey;

function newEuicc(options: Partial<VirtualEuiccOptions> = {}): VirtualEuicc {
  return new VirtualEuicc({ material: world.material, ...options });
}

/** A whole session up to the installation of what `changes` make of an honest package. */
function install(euicc: VirtualEuicc, changes: Partial<BindingInput> = {}, units = (all: Buffer[]) => all) {
  const session = new TestSession(world);
  const authenticated = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
  const prepared = euicc.prepareDownload(session.prepareDownload(authenticated));
  const segmented = segmentBoundProfilePackage(session.boundProfilePackage(prepared, changes));
  const installation = euicc.loadBoundProfilePackage(units([...segmented.units]));
  const result = decode(ProfileInstallationResult, installation.profileInstallationResult);
  return { session, installation, result, data: result.profileInstallationResultData };
}

describe('an honest package', () => {
  it('is installed, and the result says so under the signature of the eUICC', () => {
    const euicc = newEuicc();
    const { session, result, data } = install(euicc);
    expect(data.finalResult).toHaveProperty('successResult');
    expect(data.transactionId).toEqual(session.transactionId);
    expect(data.smdpOid).toBe('2.999.10');
    expect(data.notificationMetadata).toMatchObject({
      seqNumber: 0,
      notificationAddress: 'smdp.example.com',
      iccid: iccidToOctets(minimalIccid),
    });
    expect(signatureHolds(signingKey, [received(data)], result.euiccSignPIR)).toBe(true);
    expect(euicc.getProfilesInfo()).toMatchObject([
      { iccid: minimalIccid, state: 'disabled', profileName: 'Mock Test', profileClass: 'operational' },
    ]);
    expect(euicc.installedPackage(minimalIccid)).toEqual(minimalProfile());
  });

  it('may be protected with keys that ReplaceSessionKeys brings', () => {
    const replacementKeys = {
      macChainingValue: Buffer.alloc(16, 3),
      encryptionKey: Buffer.alloc(16, 1),
      macKey: Buffer.alloc(16, 2),
    };
    expect(install(newEuicc(), { replacementKeys }).installation.fault).toBeUndefined();
  });

  it('may have its metadata and its profile in many segments', () => {
    const icon = Buffer.alloc(1024, 0x5a);
    const metadata = metadataFor({ icon, iconType: 1 });
    expect(install(newEuicc(), { metadata, segmentSize: 17 }).installation.fault).toBeUndefined();
  });

  it('may name the SM-DP+ in ConfigureISDP', () => {
    const configureIsdp = Buffer.from('bf2407b805800388370a', 'hex');
    expect(install(newEuicc(), { configureIsdp }).installation.fault).toBeUndefined();
  });

  it('is installed on brainpoolP256r1', () => {
    const brainpool = testWorld('brainpoolP256r1');
    const euicc = new VirtualEuicc({ material: brainpool.material });
    const session = new TestSession(brainpool);
    const authenticated = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
    const prepared = euicc.prepareDownload(session.prepareDownload(authenticated));
    const bound = session.boundProfilePackage(prepared, { curve: 'brainpoolP256r1' });
    expect(euicc.loadBoundProfilePackage(segmentBoundProfilePackage(bound).units).fault).toBeUndefined();
  });

  it('takes memory, which EUICCInfo2 then lacks', () => {
    const euicc = newEuicc();
    const before = euicc.getEuiccInfo2();
    install(euicc);
    expect(euicc.getEuiccInfo2()).not.toEqual(before);
  });
});

describe('a package with a fault', () => {
  it.each(packageFaults(world.auth.key))(
    '%s is refused at %s with %s',
    (_, command, reason, changes, options) => {
      const euicc = newEuicc(options);
      const { installation, result, data } = install(euicc, changes);
      expect(installation.fault).toMatchObject({ command, reason });
      expect(data.finalResult).toMatchObject({
        errorResult: { bppCommandId: BppCommandId[command], errorReason: ErrorReason[reason] },
      });
      expect(signatureHolds(signingKey, [received(data)], result.euiccSignPIR)).toBe(true);
      expect(euicc.getProfilesInfo()).toEqual([]);
      expect(euicc.retrieveNotificationsList()).toHaveLength(1);
    },
  );

  it('an ICCID that is already installed is refused', () => {
    const euicc = newEuicc();
    install(euicc);
    expect(install(euicc).installation.fault).toMatchObject({
      command: 'storeMetadata',
      reason: 'installFailedDueToIccidAlreadyExistsOnEuicc',
    });
    expect(euicc.getProfilesInfo()).toHaveLength(1);
  });

  it('PPR1 is refused where an operational profile is installed', () => {
    const euicc = newEuicc();
    install(euicc);
    const iccid = iccidToOctets('8900100000000000010');
    const metadata = metadataFor({ iccid, profilePolicyRules: bits(1), profileOwner: owner });
    expect(install(euicc, { metadata }).installation.fault).toMatchObject({ reason: 'pprNotAllowed' });
  });

  it('the result names the profile element that was refused', () => {
    const profilePackage = Buffer.concat([
      minimalProfile().subarray(0, -9),
      tlv(0xab, tlv(0xa0, tlv(0x81, Buffer.of(5)))),
      minimalProfile().subarray(-9),
    ]);
    const { data } = install(newEuicc(), { profilePackage });
    expect(data.finalResult).toMatchObject({
      errorResult: { simaResponse: Buffer.from('300aa0083006800101810105', 'hex') },
    });
  });
});

describe('units that do not make a package', () => {
  const cases: [string, (units: Buffer[]) => Buffer[], keyof typeof BppCommandId][] = [
    ['A0 is missing', (units) => units.filter((unit) => unit[0] !== 0xa0), 'configureISDP'],
    ['it ends after A0', (units) => units.slice(0, 2), 'storeMetadata'],
    ['the last segment is missing', (units) => units.slice(0, -1), 'loadProfileElements'],
    ['A1 is empty', (units) => [units[0]!, units[1]!, Buffer.from('a100', 'hex')], 'storeMetadata'],
    [
      'A1 brings its first segment along',
      (units) => [...units.slice(0, 2), Buffer.concat(units.slice(2, 4)), ...units.slice(4)],
      'storeMetadata',
    ],
    [
      'A1 is shorter than its segment',
      (units) => [...units.slice(0, 2), Buffer.from('a110', 'hex'), ...units.slice(3)],
      'storeMetadata',
    ],
    [
      'A0 brings something along',
      (units) => [units[0]!, Buffer.concat([units[1]!, Buffer.of(0)]), ...units.slice(2)],
      'configureISDP',
    ],
    ['something follows', (units) => [...units, Buffer.from('8600', 'hex')], 'loadProfileElements'],
    [
      'the length of BF36 is wrong',
      (units) => {
        const first = Buffer.from(units[0]!);
        first[4]! ^= 1;
        return [first, ...units.slice(1)];
      },
      'loadProfileElements',
    ],
  ];
  it.each(cases)('%s', (_, units, command) => {
    const { installation } = install(newEuicc(), {}, units);
    expect(installation.fault).toMatchObject({ command, reason: 'scp03tStructureError' });
  });

  it('nothing was prepared, or it was installed before', () => {
    expect(() => newEuicc().loadBoundProfilePackage([])).toThrow(ConditionsOfUseError);
    const euicc = newEuicc();
    install(euicc);
    expect(() => euicc.loadBoundProfilePackage([])).toThrow(ConditionsOfUseError);
  });
});

it('the one-time key stays for a retry after a lack of memory, and goes after a success', () => {
  const roomy = newEuicc();
  expect(keyIsKept(roomy)).toBe(false);
  expect(keyIsKept(newEuicc({ traits: { nonVolatileMemory: 100 } }))).toBe(true);
});

/** Installs, then asks for the same one-time key again. */
function keyIsKept(euicc: VirtualEuicc): boolean {
  const session = new TestSession(world);
  const authenticated = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
  const prepared = euicc.prepareDownload(session.prepareDownload(authenticated));
  const first = oneTimeKeyIn(prepared);
  euicc.loadBoundProfilePackage(segmentBoundProfilePackage(session.boundProfilePackage(prepared)).units);

  const retry = new TestSession(world);
  const again = euicc.authenticateServer(retry.authenticateServer(euicc.getEuiccChallenge()));
  const request = retry.prepareDownload(again, { signedPart: { bppEuiccOtpk: first } });
  return oneTimeKeyIn(euicc.prepareDownload(request)).equals(first);
}

function oneTimeKeyIn(prepareDownloadResponse: Buffer): Buffer {
  const at = prepareDownloadResponse.indexOf(Buffer.from('5f4941', 'hex')) + 3;
  return prepareDownloadResponse.subarray(at, at + 65);
}
