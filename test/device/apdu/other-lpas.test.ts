import { beforeEach, describe, expect, it } from 'vitest';
import { tlv } from '../../../src/wire/asn1/index.js';
import { iccidToOctets } from '../../../src/wire/rsp/index.js';
import { ApduCard, segmentBoundProfilePackage, VirtualEuicc } from '../../../src/device/index.js';
import { testEid } from '../../../src/pki/index.js';
import { everyEvent, metadataFor, minimalProfile } from '../support/profiles.js';
import { TestSession, testWorld } from '../support/test-server.js';
import {
  ApduLpa,
  authenticateServerRequest,
  ecasd,
  install,
  isdR,
  memberOf,
  prepareDownloadRequest,
  send,
} from './support/lpa.js';

/** The APDUs of these tests are those that the program sends, octet for octet. */
const world = testWorld();
const iccid = '8900100000000000002';
const iccidOctets = '980001000000000000F2';
const binding = {
  metadata: metadataFor({
    iccid: iccidToOctets(iccid),
    notificationConfigurationInfo: [
      { profileManagementOperation: everyEvent, notificationAddress: 'smdp.example.com' },
    ],
  }),
  profilePackage: minimalProfile({ headerIccid: iccid, fileIccid: iccid }),
};

let euicc: VirtualEuicc;
let card: ApduCard;
beforeEach(() => {
  euicc = new VirtualEuicc({ material: world.material });
  card = new ApduCard(euicc);
});

const states = (): string[] => euicc.getProfilesInfo().map(({ state }) => state);

describe('euicc-go', () => {
  /** Its transmitter with the CCID driver: it ignores the FCI, and reads responses with GET RESPONSE. */
  class EuiccGo {
    readonly channel: string;

    constructor() {
      expect(send(card, '80AA00000AA9088100820101830107')).toBe('9000');
      const opened = send(card, '0070000001');
      expect(opened).toMatch(/^0[1-9A-F]9000$/);
      this.channel = opened.slice(1, 2);
      expect(send(card, `0${this.channel}A4040010${isdR}`)).toMatch(/^(61..|.*9000)$/);
    }

    invoke(request: string, segmentSize = 254): string {
      const octets = Buffer.from(request, 'hex');
      let response = '';
      const last = Math.floor(octets.length / segmentSize);
      for (let block = 0; block * segmentSize < octets.length; block++) {
        const data = octets.subarray(block * segmentSize, (block + 1) * segmentSize);
        const header = [0xe2, block === last ? 0x91 : 0x11, block, data.length];
        let answer = send(card, `8${this.channel}${Buffer.from([...header, ...data]).toString('hex')}`);
        while (/61..$/.test(answer)) {
          response += answer.slice(0, -4);
          answer = send(card, `8${this.channel}C00000${answer.slice(-2)}`);
        }
        expect(answer).toMatch(/9000$/);
        response += answer.slice(0, -4);
      }
      return response;
    }

    close(): void {
      expect(send(card, `0070800${this.channel}00`)).toBe('9000');
    }
  }

  it('reads EID, addresses and capabilities, and closes its channel', () => {
    const client = new EuiccGo();
    expect(client.invoke('BF3E035C015A')).toBe(`BF3E125A10${testEid}`);
    expect(client.invoke('BF3C00')).toBe('BF3C028100');
    expect(client.invoke('BF2000')).toMatch(/^BF20/);
    expect(client.invoke('BF2200')).toMatch(/^BF22/);
    client.close();
    expect(new EuiccGo().invoke('BF2E00')).toMatch(/^BF2E128010/);
  });

  it('downloads with an empty MatchingID and an IMEI', () => {
    const client = new EuiccGo();
    const session = new TestSession(world);
    const challenge = memberOf(Buffer.from(client.invoke('BF2E00'), 'hex'), 0x80);
    const imei = Buffer.from('5396083530468390', 'hex');
    const ctxParams1 = tlv(
      0xa0,
      tlv(0x80),
      tlv(0xa1, tlv(0x80, imei.subarray(0, 4)), tlv(0xa1), tlv(0x82, imei)),
    );
    const parts = { ...session.authenticateServer(challenge), ctxParams1 };
    const authenticated = client.invoke(authenticateServerRequest(parts).toString('hex'));
    expect(authenticated).toMatch(/^BF38.{4,8}A0/);
    const prepared = client.invoke(
      prepareDownloadRequest(session.prepareDownload(Buffer.from(authenticated, 'hex'))).toString('hex'),
    );
    const bound = session.boundProfilePackage(Buffer.from(prepared, 'hex'), binding);
    const answers = segmentBoundProfilePackage(bound).units.map((unit) =>
      client.invoke(unit.toString('hex')),
    );
    expect(answers.slice(0, -1).every((answer) => answer === '')).toBe(true);
    expect(answers.at(-1)).toMatch(/^BF37/);
    expect(states()).toEqual(['disabled']);
  });

  it('lists, switches, names and deletes profiles', () => {
    install(new ApduLpa(card), world, binding);
    const client = new EuiccGo();
    const tags = '5A4F9F70909192939495B7';
    const listed = client.invoke(`BF2D0D5C0B${tags}`);
    expect(listed).toMatch(new RegExp(`^BF2D.*E3.*5A0A${iccidOctets}.*9F700100`));
    expect(client.invoke(`BF2D1BA00C5A0A${iccidOctets}5C0B${tags}`)).toBe(listed);
    expect(client.invoke(`BF3111A00C5A0A${iccidOctets}8101FF`)).toBe('BF3103800100');
    expect(client.invoke(`BF3211A00C5A0A${iccidOctets}810100`)).toBe('BF3203800100');
    expect(client.invoke(`BF29125A0A${iccidOctets}9004576F726B`)).toBe('BF2903800100');
    expect(client.invoke(`BF2D0D5C0B${tags}`)).toContain('9004576F726B');
    expect(client.invoke(`BF330C5A0A${iccidOctets}`)).toBe('BF3303800100');
    expect(states()).toEqual([]);
  });

  it('resets the memory, though its tag for the options is 42', () => {
    install(new ApduLpa(card), world, binding);
    const client = new EuiccGo();
    expect(client.invoke('BF3404420205E0')).toBe('BF3403800100');
    expect(states()).toEqual([]);
    expect(client.invoke('BF3404420205E0')).toBe('BF3403800101');
  });

  it('lists all notifications when it names no operation, gets one, and removes it', () => {
    install(new ApduLpa(card), world, binding);
    const client = new EuiccGo();
    const all = client.invoke('BF280481020400');
    expect(all).toMatch(/^BF28..A0..BF2F..800100/);
    expect(client.invoke('BF280481020480')).toBe(all);
    expect(client.invoke('BF280481020410')).toBe('BF2802A000');
    expect(client.invoke('BF2B05A003800100')).toMatch(/^BF2B.{4,6}A0.{2,6}BF37/);
    expect(client.invoke('BF2B06A00481020480')).toMatch(/^BF2B.{4,6}A0.{2,6}BF37/);
    expect(client.invoke('BF3003800100')).toBe('BF3003800100');
    expect(client.invoke('BF3003800100')).toBe('BF3003800101');
  });
});

describe('pySim-shell', () => {
  /** Sends a command as `send_apdu` does: GET RESPONSE after 61xx, the right Le after 6Cxx. */
  function apdu(command: string): string {
    let answer = send(card, command);
    let data = answer.slice(0, -4);
    while (/^61/.test(answer.slice(-4))) {
      answer = send(card, `${command.slice(0, 2)}C00000${answer.slice(-2)}`);
      data += answer.slice(0, -4);
    }
    if (/^6C/.test(answer.slice(-4))) return send(card, command.slice(0, 8) + answer.slice(-2));
    return data + answer.slice(-4);
  }
  const storeData = (request: string): string =>
    apdu(`80E29100${(request.length / 2).toString(16).padStart(2, '0')}${request}`);

  it('recognizes a consumer eUICC (SGP.22), not one of SGP.32', () => {
    expect(apdu(`00A4040410${isdR}00`)).toMatch(/^6F.*E0058203020500.*9000$/);
    expect(storeData('BF5600')).toBe('6A88');
    expect(storeData('BF3E035C015A')).toBe(`BF3E125A10${testEid}9000`);
  });

  it('reads MF, EF.DIR and EF.ICCID when it starts', () => {
    expect(apdu('00A40004023F0000')).toMatch(/^62.*9000$/);
    expect(apdu('00A40004022F0000')).toMatch(/^62.*9000$/);
    expect(apdu('00B2010426')).toMatch(/9000$/);
    expect(apdu('00A40004022FE200')).toMatch(/^62.*9000$/);
    expect(apdu('00B000000A')).toMatch(/9000$/);
  });

  it('reads the EID from the ECASD', () => {
    expect(apdu(`00A4040410${ecasd}00`)).toMatch(/^6F.*9000$/);
    expect(apdu('80CA005A00')).toBe(`5A10${testEid}9000`);
  });

  it('uses all its functions on the basic channel', () => {
    install(new ApduLpa(card), world, binding);
    apdu(`00A4040410${isdR}00`);
    expect(storeData('BF3C00')).toBe('BF3C0281009000');
    expect(storeData('BF3F128010736D64702E6578616D706C652E636F6D')).toBe('BF3F038001009000');
    expect(storeData('BF2E00')).toMatch(/^BF2E128010.{32}9000$/);
    expect(storeData('BF2000')).toMatch(/^BF20.*9000$/);
    expect(storeData('BF2200')).toMatch(/^BF22.*9000$/);
    expect(storeData('BF2800')).toMatch(/^BF28..A0..BF2F.*9000$/);
    expect(storeData('BF2D00')).toMatch(new RegExp(`^BF2D.*5A0A${iccidOctets}.*9000$`));
    expect(storeData(`BF3111A00C5A0A${iccidOctets}810101`)).toBe('BF31038001009000');
    expect(storeData(`BF3217A0124F10A0000005591010FFFFFFFF8900001000810100`)).toBe('BF32038001009000');
    expect(storeData(`BF3110A00C5A0A${iccidOctets}8100`)).toBe('BF31038001009000');
    expect(storeData(`BF3210A00C5A0A${iccidOctets}8100`)).toBe('BF32038001009000');
    expect(storeData('BF30028000')).toBe('BF30038001009000');
    expect(storeData(`BF290E5A0A${iccidOctets}9000`)).toBe('BF29038001009000');
    expect(storeData('BF3003800100')).toBe('BF30038001019000');
    expect(storeData(`BF330C5A0A${iccidOctets}`)).toBe('BF33038001009000');
    expect(states()).toEqual([]);
  });
});
