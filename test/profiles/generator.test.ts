import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateProfile } from '../../src/profiles/generator/generate.js';
import { completeParameters } from '../../src/profiles/generator/parameters.js';
import { personaliser } from '../../src/profiles/upp/personalise.js';
import { ProfileDataError, readUpp } from '../../src/profiles/index.js';
import { decode } from '../../src/wire/asn1/index.js';
import { iccidToOctets, StoreMetadataRequest, swapNibbles } from '../../src/wire/rsp/index.js';
import { compiled, thrownBy } from './support.js';

const ICCID = '8900100000000000002';
const IMSI = '001010000000001';

const spnProblem =
  'must be service provider name: 1 to 16 characters of the GSM alphabet, or 7 of any script; ' +
  'put a longer name into metadata.serviceProviderName';

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''));

describe('the generator', () => {
  it('reproduces the minimal profile that an independent SAIP decoder has read', () => {
    const parameters = completeParameters({
      k: '000102030405060708090a0b0c0d0e0f',
      opc: '101112131415161718191a1b1c1d1e1f',
      msisdn: '+491722345678',
      files: 'minimal',
    });
    const profile = generateProfile(parameters, ICCID, IMSI);
    expect(profile.length).toBe(1034);
    expect(createHash('sha256').update(profile).digest('hex')).toBe(
      '26ae7dcdd057e469ed497e78cfb3468ff0f8678c3ded6dcfe85703792b8924e9',
    );
  });

  it.each([
    ['Mock MNO', '014d6f636b204d4e4fffffffffffffffff'],
    ['@_Télécom Ärmel', '0100115405' + '6c05636f6d205b726d656cff'],
    ['中華電信', '01804e2d83ef96fb4fe1ffffffffffffff'],
    ['中華電信股份有', '01804e2d83ef96fb4fe180a14efd6709ff'],
  ])('writes the service provider name %s as EF.SPN has it', (spn, file) => {
    const type = compiled({ kind: 'generated', parameters: { spn } });
    expect(type.package({ iccid: ICCID }).toString('hex')).toContain(`8311${file}`);
    expect(decode(StoreMetadataRequest, type.metadata({ iccid: ICCID, serverAddress: 'x' }))).toMatchObject({
      serviceProviderName: spn,
    });
  });

  it('writes a profile name of 64 characters of any script', () => {
    const profileName = '電'.repeat(64);
    const type = compiled({ kind: 'generated', parameters: { profileName } });
    expect(type.upp.profileName).toBe(profileName);
    expect(decode(StoreMetadataRequest, type.metadata({ iccid: ICCID, serverAddress: 'x' }))).toMatchObject({
      profileName,
    });
  });

  it('puts the elements in the order that the format asks for', () => {
    const upp = readUpp(generateProfile(completeParameters({}), ICCID, IMSI));
    expect(upp.elements.map(({ name }) => name)).toEqual([
      'header',
      'mf',
      'pukCodes',
      'pinCodes',
      'usim',
      'opt-usim',
      'pinCodes',
      'akaParameter',
      'securityDomain',
      'end',
    ]);
  });

  it('leaves out the optional files, and their template, when there are none', () => {
    const upp = readUpp(generateProfile(completeParameters({ msisdn: '' }), ICCID, IMSI));
    expect(upp.elements.map(({ name }) => name)).not.toContain('opt-usim');
  });

  it('asks of the eUICC the algorithm that it uses and no other', () => {
    const services = (algorithm: string): readonly string[] =>
      readUpp(generateProfile(completeParameters({ algorithm }), ICCID, IMSI)).mandatoryServices;
    expect(services('milenage')).toEqual(['usim', 'milenage']);
    expect(services('test')).toEqual(['usim', 'usim-test-algorithm']);
  });

  it.each([
    ['000000000220', '000000000011'],
    ['00000000001f', '000000000000'],
    ['ffffffffffff', '07ffffffffff'],
  ])('writes the sequence number %s without its index: %s', (sqn, seq) => {
    const octets = generateProfile(completeParameters({ sqn }), ICCID, IMSI).toString('hex');
    expect(octets.split(`0406${seq}`)).toHaveLength(33);
  });

  it('writes PLMN, MNC length and group identifiers of the parameters', () => {
    const profile = compiled({
      kind: 'generated',
      parameters: { mcc: '310', mnc: '410', gid1: 'ab01', gid2: 'cd' },
    });
    const octets = profile.package({ iccid: ICCID }).toString('hex');
    expect(profile.upp).toMatchObject({ mncLength: 3, imsi: '310410000000000' });
    expect(octets).toContain('130014fffeff01'); // EF.LOCI: 310/410, no area, not updated
    expect(octets).toContain('8302ab01');
    expect(octets).toContain('8301cd');
  });

  it('gives every profile an ICCID and IMSI that agree wherever they stand, however long they are', () => {
    const template = generateProfile(completeParameters({}), ICCID, '001010000000000');
    const profileOf = personaliser(template, readUpp(template), 'all', '00101xxxxxxxxxx');
    fc.assert(
      fc.property(digits(18, 20), fc.option(digits(6, 15), { nil: undefined }), (iccid, imsi) => {
        const profile = profileOf({ iccid, ...(imsi !== undefined && { imsi }) });
        const upp = readUpp(profile);
        const wanted = imsi ?? `00101${iccid.slice(-11, -1)}`;
        expect(upp).toMatchObject({ headerIccid: iccid, fileIccid: iccid, imsi: wanted });
        expect(profile.includes(iccidToOctets(iccid))).toBe(true);
        expect(profile.includes(swapNibbles(iccidToOctets(iccid)))).toBe(true);
        const { offset } = upp.fields.accessClass!;
        expect(profile.readUInt16BE(offset)).toBe(2 ** Number(wanted.at(-1)));
      }),
    );
  });

  it('patches a compiled package to the same octets as it would generate', () => {
    const parameters = completeParameters({ spn: 'Another', msisdn: '0123' });
    const template = generateProfile(parameters, ICCID, '001010000000000');
    const patch = personaliser(template, readUpp(template), 'all', parameters.imsi);
    fc.assert(
      fc.property(digits(18, 20), digits(6, 15), (iccid, imsi) => {
        expect(patch({ iccid, imsi })).toEqual(generateProfile(parameters, iccid, imsi));
      }),
    );
  });

  it('leaves the compiled package alone when it makes a profile', () => {
    const type = compiled();
    const first = type.package({ iccid: ICCID });
    type.package({ iccid: '8900101000000000016', subscriber: { k: '07'.repeat(16) } });
    expect(type.package({ iccid: ICCID })).toEqual(first);
  });

  it.each([
    [{ mcc: '1' }, 'parameters.mcc', 'must be mobile country code: 3 digits'],
    [{ k: '00' }, 'parameters.k', 'must be subscriber key K: 32 hex digits; for TUAK, 32 or 64'],
    [
      { algorithm: 'cave' },
      'parameters.algorithm',
      'must be authentication algorithm: milenage, tuak or test (XOR)',
    ],
    [{ pin1: 1234 }, 'parameters.pin1', 'must be PIN1: 4 to 8 digits'],
    [{ puk1: '1234' }, 'parameters.puk1', 'must be PUK1: 8 digits'],
    [{ spn: 'Ünï Mobil, Zürich' }, 'parameters.spn', spnProblem],
    [{ spn: '中華電信股份有限' }, 'parameters.spn', spnProblem],
    [{ spn: 'Mobil 😀' }, 'parameters.spn', spnProblem],
    [{ spn: 'a\nb' }, 'parameters.spn', spnProblem],
    [
      { profileName: '電'.repeat(65) },
      'parameters.profileName',
      'must be name in the profile header: 1 to 64 characters',
    ],
    [{ imsi: '26201xxxxxxxxxx' }, 'parameters.imsi', 'must begin with mcc and mnc, 00101'],
    [{ opC: '' }, 'parameters.opC', 'is not known'],
    ['text', 'parameters', 'must be an object with parameters of the generator'],
  ])('refuses the parameters %j and names what is wrong', (parameters, field, problem) => {
    const error = thrownBy(() => completeParameters(parameters));
    expect(error).toBeInstanceOf(ProfileDataError);
    expect(error).toMatchObject({ field, problem, message: `${field}: ${problem}` });
  });
});
