import { describe, expect, it } from 'vitest';
import { decode, setBits } from '../../src/wire/asn1/index.js';
import {
  buildMetadata,
  checkMetadata,
  ProfileDataError,
  type ProfileMetadata,
} from '../../src/profiles/index.js';
import { iccidFromOctets, StoreMetadataRequest } from '../../src/wire/rsp/index.js';
import { compiled, thrownBy } from './support.js';

const ICCID = '8900101000000000016';
const ADDRESS = 'smdp.example.com:8443';

const build = (metadata: ProfileMetadata) => buildMetadata(ICCID, checkMetadata(metadata), ADDRESS);
const request = (metadata: ProfileMetadata) => decode(StoreMetadataRequest, build(metadata));
const png = Buffer.from('89504e470d0a1a0a', 'hex');
const base64 = (octets: Buffer) => octets.toString('base64');

describe('buildMetadata', () => {
  it('encodes as the known answer has it', () => {
    const metadata: ProfileMetadata = {
      serviceProviderName: 'Mock MNO',
      profileName: 'Mock Test',
      profileClass: 'test',
      notificationConfigurationInfo: [
        { profileManagementOperation: ['install'], notificationAddress: 'smdp.example.com' },
      ],
      profileOwner: { mccMnc: '00101' },
    };
    expect(buildMetadata('89000123456789012341', metadata, ADDRESS).toString('hex')).toBe(
      'bf25455a0a9800103254769810321491084d6f636b204d4e4f92094d6f636b2054657374950100b6183016800207808110' +
        '736d64702e6578616d706c652e636f6db705800300f110',
    );
  });

  it('tells the eUICC of one address per operation: by default the server, for all four', () => {
    const entries = request({}).notificationConfigurationInfo!;
    expect(entries.map((entry) => setBits(entry.profileManagementOperation))).toEqual([[0], [1], [2], [3]]);
    expect(entries.map((entry) => entry.notificationAddress)).toEqual([ADDRESS, ADDRESS, ADDRESS, ADDRESS]);
  });

  it('has no notification addresses when the list is empty', () => {
    expect(request({ notificationConfigurationInfo: [] })).not.toHaveProperty(
      'notificationConfigurationInfo',
    );
  });

  it('leaves out the class when it is operational, and writes the others', () => {
    expect(request({ profileClass: 'operational' }).profileClass).toBeUndefined();
    expect(request({ profileClass: 'provisioning' }).profileClass).toBe(1);
    expect(request({ profileClass: 'test' }).profileClass).toBe(0);
  });

  it('sees from the icon whether it is PNG or JPEG', () => {
    const jpg = Buffer.from('ffd8ffe0', 'hex');
    expect(request({ icon: base64(png) })).toMatchObject({ iconType: 1, icon: png });
    expect(request({ icon: base64(jpg) })).toMatchObject({ iconType: 0, icon: jpg });
    expect(request({ icon: '' })).not.toHaveProperty('iconType');
  });

  it('sends an icon that is none when its type is named', () => {
    expect(request({ icon: base64(Buffer.from('no image')), iconType: 'png' }).iconType).toBe(1);
  });

  it('writes policy rules and their owner', () => {
    const both = request({
      profilePolicyRules: ['ppr1', 'ppr2'],
      profileOwner: { mccMnc: '310410', gid1: 'ab' },
    });
    expect(setBits(both.profilePolicyRules!)).toEqual([1, 2]);
    expect(both.profileOwner).toEqual({ mccMnc: Buffer.from('130014', 'hex'), gid1: Buffer.of(0xab) });
    const one = build({ profilePolicyRules: ['ppr1'], profileOwner: { mccMnc: '00101' } });
    expect(one.subarray(-4).toString('hex')).toBe('99020640');
  });

  it.each(['電', '😀', 'é'])('takes 32 and 64 characters of any script: %s', (character) => {
    const names = { serviceProviderName: character.repeat(32), profileName: character.repeat(64) };
    expect(request(names)).toMatchObject(names);
  });

  it('appends further objects as they are', () => {
    const metadata = build({ extra: 'bf7600' });
    expect(metadata.subarray(-3).toString('hex')).toBe('bf7600');
    expect(iccidFromOctets(decode(StoreMetadataRequest, metadata).iccid)).toBe(ICCID);
  });

  it.each<[ProfileMetadata, string, string]>([
    [
      { serviceProviderName: '電'.repeat(33) },
      'metadata.serviceProviderName',
      'has 33 characters, more than 32',
    ],
    [{ profileName: '😀'.repeat(65) }, 'metadata.profileName', 'has 65 characters, more than 64'],
    [
      { profileName: 'half \ud83d' },
      'metadata.profileName',
      'contains half a surrogate pair, which is not a character',
    ],
    [{ icon: base64(Buffer.alloc(1025)) }, 'metadata.icon', 'has 1025 octets, more than 1024'],
    [
      { icon: base64(Buffer.from('GIF89a')) },
      'metadata.icon',
      'is neither PNG nor JPEG; set iconType to send it anyway',
    ],
    [{ profilePolicyRules: ['ppr1'] }, 'metadata.profileOwner', 'must be given when there are policy rules'],
    [{ extra: 'bf76' }, 'metadata.extra', 'ends in the middle of a TLV header'],
  ])('refuses %j and names what is wrong', (metadata, field, problem) => {
    const error = thrownBy(() => build(metadata));
    expect(error).toBeInstanceOf(ProfileDataError);
    expect(error).toMatchObject({ field, problem });
  });

  it('takes names and icons that are exactly as long as allowed', () => {
    const icon = Buffer.concat([png, Buffer.alloc(1016)]);
    const metadata = { serviceProviderName: 'é'.repeat(16), profileName: 'x'.repeat(64), icon: base64(icon) };
    expect(request(metadata)).toMatchObject({ ...metadata, icon });
  });
});

describe('checkMetadata', () => {
  it.each([
    [{ profileClass: 'prod' }, 'metadata.profileClass', 'must be test, provisioning or operational'],
    [{ name: 'x' }, 'metadata.name', 'is not known'],
    [
      { icon: '!' },
      'metadata.icon',
      'must be a PNG or JPEG of 64 x 64 pixels and up to 1024 octets, in base64; "" for no icon',
    ],
    [
      { profilePolicyRules: ['ppr9'] },
      'metadata.profilePolicyRules.0',
      'must be pprUpdateControl, ppr1 or ppr2',
    ],
    [
      {
        notificationConfigurationInfo: [{ profileManagementOperation: ['install'], notificationAddress: '' }],
      },
      'metadata.notificationConfigurationInfo.0.notificationAddress',
      'must be the address of an SM-DP+: 1 to 255 characters',
    ],
    [
      { profileOwner: { mccMnc: '1' } },
      'metadata.profileOwner.mccMnc',
      'must be mobile country and network code: 5 or 6 digits',
    ],
    [undefined, 'metadata', 'must be an object with profile metadata'],
  ])('refuses %j and names what is wrong', (metadata, field, problem) => {
    expect(thrownBy(() => checkMetadata(metadata))).toMatchObject({ field, problem });
  });
});

describe('metadata of a profile type', () => {
  const generated = { kind: 'generated', parameters: { spn: 'From SPN', mcc: '262', mnc: '01' } } as const;

  it('comes from the profile first, then from the type, then from the package', () => {
    const type = compiled(generated, { profileName: 'From type', profileClass: 'test' });
    const own = { profileName: 'Own' };
    const decoded = decode(
      StoreMetadataRequest,
      type.metadata({ iccid: ICCID, serverAddress: ADDRESS, metadata: own }),
    );
    expect(decoded).toMatchObject({ serviceProviderName: 'From SPN', profileName: 'Own', profileClass: 0 });
    expect(decoded.profileOwner!.mccMnc.toString('hex')).toBe('62f210');
  });

  it('is checked when the type is compiled, not when a device asks', () => {
    const metadata = { profileName: 'x'.repeat(65) };
    expect(thrownBy(() => compiled(generated, metadata))).toHaveProperty('field', 'metadata.profileName');
  });
});
