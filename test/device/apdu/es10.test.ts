import { beforeEach, describe, expect, it } from 'vitest';
import { bits, decode, encode, tlv } from '../../../src/wire/asn1/index.js';
import {
  AuthenticateServerResponse,
  BppCommandId,
  ErrorReason,
  GetRatResponse,
  iccidToOctets,
  PprId,
  PrepareDownloadResponse,
  ProfileClass,
  ProfileInstallationResult,
  RetrieveNotificationsListResponse,
  SetNicknameRequest,
} from '../../../src/wire/rsp/index.js';
import { ApduCard, VirtualEuicc } from '../../../src/device/index.js';
import { testEid } from '../../../src/pki/index.js';
import { packageFaults } from '../support/package-faults.js';
import { everyEvent, metadataFor, minimalProfile } from '../support/profiles.js';
import { TestSession, testWorld } from '../support/test-server.js';
import {
  ApduLpa,
  authenticateServerRequest,
  install,
  memberOf,
  prepare,
  prepareDownloadRequest,
} from './support/lpa.js';

const world = testWorld();
const first = '8900100000000000002';
const second = '8900100000000000010';
const firstAid = 'A0000005591010FFFFFFFF8900001000';
const firstOctets = '980001000000000000F2';

let euicc: VirtualEuicc;
let lpa: ApduLpa;
beforeEach(() => {
  euicc = new VirtualEuicc({ material: world.material });
  lpa = new ApduLpa(new ApduCard(euicc));
});

function download(iccid: string, profileClass: number | undefined = undefined): void {
  const metadata = metadataFor({
    iccid: iccidToOctets(iccid),
    profileClass,
    notificationConfigurationInfo: [
      { profileManagementOperation: everyEvent, notificationAddress: 'smdp.example.com' },
    ],
  });
  const profilePackage = minimalProfile({ headerIccid: iccid, fileIccid: iccid });
  install(lpa, world, { metadata, profilePackage });
}

const states = (): string[] => euicc.getProfilesInfo().map(({ state }) => state);

describe('information', () => {
  it('has the EID', () => {
    expect(lpa.callHex('BF3E035C015A')).toBe(`BF3E125A10${testEid}`);
    expect(lpa.callHex('BF3E035C0180')).toBe('');
    expect(lpa.statusWords).toEqual(['6a88']);
  });

  it('has EUICCInfo1 and EUICCInfo2 as the eUICC signs them', () => {
    expect(lpa.call('BF2000')).toEqual(euicc.getEuiccInfo1());
    expect(lpa.call('BF2200')).toEqual(euicc.getEuiccInfo2());
    expect(lpa.statusWords).toEqual(['61xx'.replace('xx', lengthIn(euicc.getEuiccInfo2())), '9000']);
  });

  it('has the policy rules that operators may set', () => {
    const { rat } = decode(GetRatResponse, lpa.call('BF4300'));
    expect(rat).toMatchObject([{ pprIds: bits(PprId.ppr1, PprId.ppr2), pprFlags: bits() }]);
    const strict = new VirtualEuicc({
      material: world.material,
      traits: { forbiddenPolicyRules: ['ppr1', 'ppr2'] },
    });
    expect(new ApduLpa(new ApduCard(strict)).callHex('BF4300')).toBe('BF4302A000');
  });
});

const lengthIn = (octets: Buffer): string => octets.length.toString(16).padStart(2, '0');

describe('the servers', () => {
  it('are empty at first', () => {
    expect(lpa.callHex('BF3C00')).toBe('BF3C028100');
  });

  it('can be set and removed', () => {
    const address = Buffer.from('smdp.example.com:8443').toString('hex').toUpperCase();
    expect(lpa.callHex(`BF3F178015${address}`)).toBe('BF3F03800100');
    euicc.setRootDsAddresses(['smds.example.com']);
    expect(lpa.callHex('BF3C00')).toBe(
      `BF3C298015${address}8110${Buffer.from('smds.example.com').toString('hex').toUpperCase()}`,
    );
    expect(lpa.callHex('BF3F028000')).toBe('BF3F03800100');
    expect(euicc.getEuiccConfiguredAddresses().defaultSmdpAddress).toBeUndefined();
  });
});

describe('a download', () => {
  it('ends with the ProfileInstallationResult, which the card also keeps', () => {
    const result = install(lpa, world);
    expect(euicc.getProfilesInfo()).toMatchObject([{ iccid: first, isdpAid: firstAid }]);
    const { notificationList } = decode(RetrieveNotificationsListResponse, lpa.call('BF2B05A003800100'));
    expect(notificationList).toEqual([result]);
  });

  it('answers all units before the last with 9000 alone', () => {
    const { units } = prepare(lpa, world);
    for (const unit of units.slice(0, -1)) {
      expect(lpa.call(unit)).toHaveLength(0);
      expect(new Set(lpa.statusWords)).toEqual(new Set(['9000']));
    }
    expect(lpa.call(units.at(-1)!).subarray(0, 2).toString('hex')).toBe('bf37');
  });

  it.each([6, 63, 255])('goes in blocks of %i octets', (segmentSize) => {
    lpa = new ApduLpa(new ApduCard(euicc), segmentSize);
    install(lpa, world);
    expect(states()).toEqual(['disabled']);
  });

  it('that ends in the middle leaves nothing but the one-time key, and can be begun again', () => {
    const { units } = prepare(lpa, world);
    for (const unit of units.slice(0, -1)) lpa.call(unit);
    lpa.card.reset();
    lpa = new ApduLpa(lpa.card);
    lpa.call(units.at(-1)!);
    expect(lpa.statusWords.at(-1)).toBe('6985');
    expect(states()).toEqual([]);
    expect(lpa.callHex('BF2800')).toBe('BF2802A000');
    install(lpa, world);
    expect(states()).toEqual(['disabled']);
  });

  it('can be cancelled in the middle', () => {
    const { session, units } = prepare(lpa, world);
    for (const unit of units.slice(0, 4)) lpa.call(unit);
    const id = session.transactionId.toString('hex');
    expect(lpa.callHex(`BF41158010${id}810105`)).toMatch(/^BF41..A0|^BF4181/);
    lpa.call(units[4]!);
    expect(lpa.statusWords.at(-1)).toBe('6985');
    expect(lpa.callHex(`BF41158010${id}810105`)).toBe('BF4103810105');
  });

  it('may begin its package anew', () => {
    const { units } = prepare(lpa, world);
    for (const unit of units.slice(0, 3)) lpa.call(unit);
    for (const unit of units) lpa.call(unit);
    expect(states()).toEqual(['disabled']);
  });

  it('is forgotten when the LPA asks for a new challenge', () => {
    const { units } = prepare(lpa, world);
    lpa.call(units[0]!);
    lpa.call('BF2E00');
    lpa.call(units[1]!);
    expect(lpa.statusWords).toEqual(['6985']);
  });

  it('needs a prepared session', () => {
    for (const unit of ['BF360A', 'A000', 'A100', '8800', 'A300', '8600']) {
      lpa.call(unit);
      expect(lpa.statusWords).toEqual(['6985']);
    }
  });
});

describe('a server that the card refuses', () => {
  it('gets AuthenticateErrorCode', () => {
    const session = new TestSession(world);
    const challenge = memberOf(lpa.call('BF2E00'), 0x80);
    const forged = session.authenticateServer(challenge, { serverSignature1: tlv(0x5f37, Buffer.alloc(64)) });
    const response = decode(AuthenticateServerResponse, lpa.call(authenticateServerRequest(forged)));
    expect(response).toMatchObject({ authenticateResponseError: { authenticateErrorCode: 2 } });
  });

  it('gets DownloadErrorCode', () => {
    const session = new TestSession(world);
    const challenge = memberOf(lpa.call('BF2E00'), 0x80);
    const authenticated = lpa.call(authenticateServerRequest(session.authenticateServer(challenge)));
    const forged = session.prepareDownload(authenticated, { signer: world.auth });
    const response = decode(PrepareDownloadResponse, lpa.call(prepareDownloadRequest(forged)));
    expect(response).toMatchObject({ downloadResponseError: { downloadErrorCode: 1 } });
  });
});

describe('the log of the card', () => {
  const reasons: (string | undefined)[] = [];
  beforeEach(() => {
    reasons.length = 0;
    const onExchange = (_command: Buffer, _response: Buffer, reason?: string): unknown =>
      reasons.push(reason);
    lpa = new ApduLpa(new ApduCard(euicc, { onExchange }));
  });
  const given = (): unknown[] => reasons.filter((reason) => reason !== undefined);

  it('says why the eUICC refuses a server, though the status word is that of success', () => {
    const challenge = memberOf(lpa.call('BF2E00'), 0x80);
    const forgery = { serverSignature1: tlv(0x5f37, Buffer.alloc(64)) };
    lpa.call(authenticateServerRequest(new TestSession(world).authenticateServer(challenge, forgery)));
    lpa.call('BF2E00');
    expect(given()).toEqual([expect.stringMatching(/^invalidSignature: ./)]);
  });

  it('says why the eUICC refuses a download', () => {
    const session = new TestSession(world);
    const challenge = memberOf(lpa.call('BF2E00'), 0x80);
    const authenticated = lpa.call(authenticateServerRequest(session.authenticateServer(challenge)));
    lpa.call(prepareDownloadRequest(session.prepareDownload(authenticated, { signer: world.auth })));
    expect(given()).toEqual([expect.stringMatching(/^invalidCertificate: ./)]);
  });

  it('says why the eUICC does not install a package', () => {
    const [, command, reason, changes] = packageFaults(world.auth.key)[0]!;
    install(lpa, world, changes);
    expect(given()).toEqual([expect.stringMatching(new RegExp(`^${reason} at ${command}: .`))]);
  });
});

describe('a package with a fault', () => {
  it.each(packageFaults(world.auth.key))('%s: the card answers its error at once', (...fault) => {
    const [, command, reason, changes, options] = fault;
    const strict = new VirtualEuicc({ material: world.material, ...options });
    const result = decode(
      ProfileInstallationResult,
      install(new ApduLpa(new ApduCard(strict)), world, changes),
    );
    expect(result.profileInstallationResultData.finalResult).toMatchObject({
      errorResult: { bppCommandId: BppCommandId[command], errorReason: ErrorReason[reason] },
    });
    expect(strict.getProfilesInfo()).toEqual([]);
  });
});

describe('the profiles', () => {
  beforeEach(() => {
    download(first);
    download(second, ProfileClass.test);
  });

  it('are listed with the default tags', () => {
    const name = '91084D6F636B204D4E4F92094D6F636B2054657374';
    const [one] = euicc.encodedProfilesInfo();
    expect(one!.toString('hex').toUpperCase().slice(4)).toBe(
      `5A0A${firstOctets}4F10${firstAid}9F700100${name}950102`,
    );
    expect(lpa.call('BF2D00')).toEqual(tlv(0xbf2d, tlv(0xa0, ...euicc.encodedProfilesInfo())));
  });

  it('are listed with the tags that the LPA names, and found by what it looks for', () => {
    expect(lpa.callHex(`BF2D11 A00C5A0A${firstOctets} 5C015A`)).toBe(`BF2D10A00EE30C5A0A${firstOctets}`);
    expect(lpa.callHex(`BF2D18 A0124F10${firstAid} 5C029F70`)).toBe('BF2D08A006E3049F700100');
    expect(lpa.callHex('BF2D0AA003950100 5C0395B6FE')).toMatch(/^BF2D..A0..E3..950100B6/);
    expect(lpa.callHex('BF2D05A003950101')).toBe('BF2D02A000');
    expect(lpa.callHex('BF2D035C019F')).toBe('BF2D03810101');
  });

  it('are switched by ICCID and by AID', () => {
    expect(lpa.callHex(`BF3111A00C5A0A${firstOctets}8101FF`)).toBe('BF3103800100');
    expect(states()).toEqual(['enabled', 'disabled']);
    expect(lpa.callHex(`BF3117A0124F10${firstAid}810100`)).toBe('BF3103800102');
    expect(lpa.callHex(`BF330C5A0A${firstOctets}`)).toBe('BF3303800102');
    expect(lpa.callHex(`BF3217A0124F10${firstAid}810101`)).toBe('BF3203800100');
    expect(lpa.callHex(`BF320EA00C5A0A${firstOctets}`)).toBe('BF3203800102');
    expect(lpa.callHex(`BF33124F10${firstAid}`)).toBe('BF3303800100');
    expect(lpa.callHex(`BF330C5A0A${firstOctets}`)).toBe('BF3303800101');
    expect(states()).toEqual(['disabled']);
  });

  it('get nicknames, which their list then has', () => {
    const named = (profileNickname: string): string =>
      encode(SetNicknameRequest, { iccid: iccidToOctets(first), profileNickname }).toString('hex');
    expect(lpa.callHex(named('Büro'))).toBe('BF2903800100');
    expect(lpa.callHex('BF2D035C0190')).toBe('BF2D0DA00BE3079005 42C3BC726F E300'.replaceAll(' ', ''));
    expect(euicc.getProfilesInfo()[0]!.nickname).toBe('Büro');
    expect(lpa.callHex(named(''))).toBe('BF2903800100');
    expect(lpa.callHex('BF2D035C0190')).toBe('BF2D06A004E300E300');
    expect(lpa.callHex(`BF29 0E 5A0A${'11'.repeat(10)} 9000`)).toBe('BF2903800101');
    lpa.callHex(`BF29 4F 5A0A${firstOctets} 9041${'41'.repeat(65)}`);
    expect(lpa.statusWords).toEqual(['6a80']);
  });

  it('go at a memory reset', () => {
    expect(lpa.callHex('BF3404 8202 0640')).toBe('BF3403800100');
    expect(states()).toEqual(['disabled']);
    expect(lpa.callHex('BF3404 8202 0640')).toBe('BF3403800101');
    expect(lpa.callHex('BF3404 8202 00E0')).toBe('BF3403800100');
    expect(states()).toEqual([]);
  });
});

describe('the notifications', () => {
  beforeEach(() => {
    download(first);
    lpa.call(`BF3111A00C5A0A${firstOctets}8101FF`);
  });

  it('are listed, also by operation', () => {
    const address = Buffer.from('smdp.example.com').toString('hex').toUpperCase();
    const enabled = `BF2F25800101810206400C10${address}5A0A${firstOctets}`;
    expect(lpa.callHex('BF2804 8102 0640')).toBe(`BF282AA028${enabled}`);
    const all = lpa.callHex('BF2800');
    expect(all.match(/BF2F/g)).toHaveLength(2);
    expect(lpa.callHex('BF2804 8102 0400')).toBe(all);
    expect(lpa.callHex('BF2804 8102 0410')).toBe('BF2802A000');
  });

  it('are retrieved by number, by operation, or all', () => {
    const kept = euicc.retrieveNotificationsList().map(({ content }) => Buffer.from(content, 'base64'));
    const listIn = (request: string) =>
      decode(RetrieveNotificationsListResponse, lpa.call(request)).notificationList;
    expect(listIn('BF2B05A003800101')).toEqual([kept[1]]);
    expect(listIn('BF2B04A0028000')).toEqual([kept[0]]);
    expect(listIn('BF2B06A00480020001')).toEqual([kept[1]]);
    expect(listIn('BF2B06A00481020780')).toEqual([kept[0]]);
    expect(listIn('BF2B00')).toEqual(kept);
    expect(listIn('BF2B05A003800177')).toEqual([]);
  });

  it('are removed', () => {
    expect(lpa.callHex('BF3003800100')).toBe('BF3003800100');
    expect(lpa.callHex('BF3003800100')).toBe('BF3003800101');
    expect(euicc.retrieveNotificationsList().map(({ seqNumber }) => seqNumber)).toEqual([1]);
  });
});

describe('STORE DATA', () => {
  it.each([
    ['data that are no TLV', 'BF', '6a80'],
    ['a TLV that is too long', 'BF3E045C015A', '6a80'],
    ['octets after the request', 'BF2E0000', '6a80'],
    ['a length that is not minimal', 'BF3E81035C015A', '6a80'],
    ['a request without its members', 'BF3E00', '6a80'],
    ['an ICCID that is too short', 'BF33025A00', '6a80'],
    ['an address that is not UTF-8', 'BF3F038001FF', '6a80'],
    ['a function of another specification', 'BF5600', '6a88'],
    ['a function that is not there', '30020500', '6a88'],
    ['CancelSession with an unknown reason', 'BF4106800101810163', '9000'],
  ])('%s', (_, request, statusWord) => {
    lpa.call(request);
    expect(lpa.statusWords.at(-1)).toBe(statusWord);
  });

  const transmit = (command: string): string =>
    lpa.card.transmit(Buffer.from(command, 'hex')).toString('hex').toUpperCase();

  it.each([
    ['P1', '81E2900003BF2E00'],
    ['a first block that is not 0', '81E2910103BF2E00'],
  ])('refuses another %s', (_, command) => {
    expect(transmit(command)).toBe('6A86');
  });

  it('refuses blocks out of order, and forgets what came before', () => {
    expect(transmit('81E2110002BF2E')).toBe('9000');
    expect(transmit('81E291020100')).toBe('6A86');
    expect(transmit('81E291010100')).toBe('6A86');
  });

  it('begins anew with block 0', () => {
    expect(transmit('81E2110002BF20')).toBe('9000');
    expect(transmit('81E2110002BF3E')).toBe('9000');
    expect(transmit('81E2910104035C015A')).toBe('6115');
  });

  it('forgets its blocks when another command comes', () => {
    expect(transmit('81E2110002BF3E')).toBe('9000');
    expect(transmit('81F2000C')).toBe('9000');
    expect(transmit('81E2910104035C015A')).toBe('6A86');
  });

  it('refuses a block without data', () => {
    expect(transmit('81E2910000')).toBe('6700');
  });

  it('gives a response in the parts that the LPA asks for', () => {
    const answer = transmit('81E2910003BF2200');
    expect(answer).toMatch(/^61/);
    expect(transmit('81C0000010')).toMatch(/^.{32}61/);
    expect(transmit('81C00000FF')).toMatch(/^6C/);
    expect(transmit('81C0000000')).toMatch(/9000$/);
    expect(transmit('81C0000000')).toBe('6985');
  });
});
