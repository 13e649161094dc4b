import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ApduCard, factoryState, memoryOf, StateFileError, VirtualEuicc } from '../../../src/device/index.js';
import { testEid } from '../../../src/pki/index.js';
import { testWorld } from '../support/test-server.js';
import { ApduLpa, araM, ecasd, install, isdR, prepare, send } from './support/lpa.js';

const world = testWorld();
const newCard = (): ApduCard => new ApduCard(new VirtualEuicc({ material: world.material }));

describe('the answer to reset', () => {
  const { atr } = newCard();

  /** Reads interface octets as ISO 7816-3 8.2 does: each TD says which octets follow, and the protocol that they belong to. */
  function interfaceOctets() {
    const octets: { readonly name: string; readonly protocol: number | undefined; readonly value: number }[] =
      [];
    let at = 2;
    let following = atr[1]! >> 4;
    let protocol: number | undefined;
    while (following !== 0) {
      const present = following;
      following = 0;
      for (const [bit, name] of ['TA', 'TB', 'TC', 'TD'].entries()) {
        if ((present & (1 << bit)) === 0) continue;
        const value = atr[at++]!;
        octets.push({ name, protocol, value });
        if (name === 'TD') following = value >> 4;
      }
      if (octets.at(-1)!.name === 'TD') protocol = octets.at(-1)!.value & 0x0f;
    }
    return { octets, end: at };
  }

  it('offers T=0 first, and announces eUICC functions in the first TB after T=15', () => {
    const { octets } = interfaceOctets();
    const protocols = octets.filter(({ name }) => name === 'TD').map(({ value }) => value & 0x0f);
    expect(protocols).toEqual([0, 15]);
    const afterT15 = octets.filter(({ protocol }) => protocol === 15);
    expect(afterT15.map(({ name }) => name)).toEqual(['TA', 'TB']);
    expect(afterT15[1]!.value & 0x82).toBe(0x82);
  });

  it('has as many historical octets as it says, and ends with its check octet', () => {
    const { end } = interfaceOctets();
    expect(atr.length).toBe(end + (atr[1]! & 0x0f) + 1);
    expect(atr.subarray(1).reduce((sum, octet) => sum ^ octet, 0)).toBe(0);
  });
});

describe('logical channels', () => {
  it('are numbered by the card, opened, used and closed', () => {
    const card = newCard();
    expect(send(card, '0070000001')).toBe('019000');
    expect(send(card, '0070000001')).toBe('029000');
    expect(send(card, '0070800100')).toBe('9000');
    expect(send(card, '0070000001')).toBe('019000');
    expect(send(card, `02A4040010${isdR}`)).toMatch(/^61/);
  });

  it('go up to 19, with the class octets of further channels', () => {
    const card = newCard();
    for (let number = 1; number <= 19; number++) {
      expect(send(card, '0070000001')).toBe(`${number.toString(16).padStart(2, '0').toUpperCase()}9000`);
    }
    expect(send(card, '0070000001')).toBe('6A81');
    expect(send(card, `4FA4040010${isdR}00`)).toMatch(/9000$/);
    expect(send(card, 'CFE2910003BF2E00')).toMatch(/^61/);
  });

  it('may be opened by number', () => {
    const card = newCard();
    expect(send(card, '00700003')).toBe('9000');
    expect(send(card, '00700003')).toBe('6A81');
    expect(send(card, '03F2000C')).toBe('6D00');
    expect(send(card, '83F2000C')).toBe('9000');
  });

  it('begin with the MF if opened from the basic channel, and otherwise with the application of the channel that opens them', () => {
    const card = newCard();
    send(card, `00A4040010${isdR}`);
    expect(send(card, '0070000001')).toBe('019000');
    expect(send(card, '81F2000000')).toMatch(/^62/);
    send(card, `01A4040010${isdR}`);
    expect(send(card, '0170000001')).toBe('029000');
    expect(send(card, '82E2910006BF3E035C015A00')).toBe(`BF3E125A10${testEid}9000`);
    send(card, '01A4000C022FE2');
    expect(send(card, '01700003')).toBe('9000');
    expect(send(card, '83F2000000')).toMatch(/^62..8202782183023F00/);
  });

  it('are forgotten at a reset', () => {
    const card = newCard();
    const lpa = new ApduLpa(card);
    card.reset();
    lpa.call('BF2E00');
    expect(lpa.statusWords).toEqual(['6881']);
  });

  it('each have their own selection and their own unfinished command', () => {
    const card = newCard();
    const [one, two] = [new ApduLpa(card), new ApduLpa(card)];
    expect(send(card, '81E2110002BF3E')).toBe('9000');
    expect(two.callHex('BF3E035C015A')).toBe(`BF3E125A10${testEid}`);
    expect(send(card, '81E2910104035C015A')).toBe('6115');
    expect(send(card, '81C0000015')).toBe(`BF3E125A10${testEid}9000`);
    expect(one.close()).toBe('9000');
    expect(send(card, '81E2910003BF2E00')).toBe('6881');
  });
});

describe('SELECT', () => {
  const fci = `6F1F8410${isdR}A5049F6501FFE0058203020500`;

  it('answers the FCI of the ISD-R: at once where there is Le, after GET RESPONSE otherwise', () => {
    const card = newCard();
    expect(send(card, `00A4040010${isdR}00`)).toBe(`${fci}9000`);
    expect(send(card, `00A4040410${isdR}`)).toBe('6121');
    expect(send(card, '00C0000021')).toBe(`${fci}9000`);
    expect(send(card, `00A4040C10${isdR}`)).toBe('9000');
  });

  it('finds applications by the beginning of their AID', () => {
    expect(send(newCard(), '00A4040005A000000559')).toBe('6121');
  });

  it.each([
    ['ECASD', ecasd],
    ['ARA-M', araM],
  ])('finds %s', (_, aid) => {
    const length = (aid.length / 2).toString(16).padStart(2, '0');
    expect(send(newCard(), `00A40400${length}${aid}00`)).toMatch(
      new RegExp(`^6F..84${length}${aid}A5049F6501FF9000$`),
    );
  });

  it.each([
    ['an application that is not there', '00A4040007A0000000871002', '6A82'],
    ['the next application', `00A4040210${isdR}`, '6A82'],
    ['an AID that is too short', '00A4040004A0000005', '6700'],
    ['an AID that is too long', `00A4040011${isdR}00`, '6700'],
    ['no AID', '00A4040000', '6700'],
    ['another answer', `00A4040810${isdR}`, '6A86'],
    ['another way to select', `00A4020002 2F00`, '6A86'],
    ['a folder below the MF', '00A40104027F10', '6A82'],
    ['the folder above the MF', '00A40304', '6A82'],
    ['the folder above, with a name', '00A40304023F00', '6700'],
    ['a path that goes through a file', '00A40904042F002FE2', '6A82'],
    ['half a path', '00A4080403 3F00 2F', '6700'],
    ['a file that is not there', '00A40004026F07', '6A82'],
    ['half a file identifier', '00A4000401 3F', '6700'],
  ])('refuses %s', (_, command, statusWord) => {
    expect(send(newCard(), command)).toBe(statusWord);
  });
});

describe('the files', () => {
  it('are MF, EF.DIR and EF.ICCID', () => {
    const card = newCard();
    expect(send(card, '00A40004023F0000')).toMatch(/^62..8202782183023F00.*9000$/);
    expect(send(card, '00A40004022F00')).toMatch(/^61/);
    expect(send(card, '00B2010426')).toBe(`${'FF'.repeat(38)}9000`);
    expect(send(card, '00B2020426')).toBe('6A83');
    expect(send(card, '00B2010410')).toBe('6C26');
    expect(send(card, '00B0000000')).toBe('6981');
    expect(send(card, '00A40804022FE2')).toMatch(/^61/);
    expect(send(card, '00B000000A')).toBe(`${'FF'.repeat(10)}9000`);
    expect(send(card, '00A40904022FE2')).toMatch(/^61/);
    send(card, `00A4040010${isdR}`);
    expect(send(card, '00A40904022FE2')).toBe('6A82');
    expect(send(card, '00A40804022FE2')).toMatch(/^61/);
    expect(send(card, '00B0000B01')).toBe('6B00');
    expect(send(card, '00B0000020')).toBe('6C0A');
    expect(send(card, '00B2010400')).toBe('6981');
    expect(send(card, '00B0820000')).toBe(`${'FF'.repeat(10)}9000`);
    expect(send(card, '00B2 01F4 26')).toBe(`${'FF'.repeat(38)}9000`);
    expect(send(card, '00A40004023F00')).toMatch(/^61/);
    expect(send(card, '00B0000000')).toBe('6986');
  });

  it('say who may do what, and the MF also says that the card knows TERMINAL CAPABILITY', () => {
    const card = newCard();
    expect(send(card, '00A40004023F0000')).toBe(
      '621E8202782183023F00A506800171870101 8A0105 8C0100 C606900100830101 9000'.replaceAll(' ', ''),
    );
    expect(send(card, '00A40004022F0000')).toBe(
      '6219820542210026018302 2F00 8A0105 8C020100 80020026 8801F0 9000'.replaceAll(' ', ''),
    );
    expect(send(card, '00A40004022FE200')).toBe(
      '62168202412183022FE2 8A0105 8C020100 8002000A 880110 9000'.replaceAll(' ', ''),
    );
  });

  it('have the ICCID of the enabled profile', () => {
    const card = newCard();
    const lpa = new ApduLpa(card);
    install(lpa, world);
    lpa.call('BF3111A00C5A0A980001000000000000F28101FF');
    expect(send(card, '00A4000C022FE2')).toBe('9000');
    expect(send(card, '00B000000A')).toBe('980001000000000000F29000');
  });
});

describe('other commands', () => {
  it('the EID is in the ECASD', () => {
    const card = newCard();
    send(card, `00A4040010${ecasd}`);
    expect(send(card, '80CA005A00')).toBe(`5A10${testEid}9000`);
    expect(send(card, '80CA005B00')).toBe('6A88');
    expect(send(card, '80E2910003BF2E00')).toBe('6985');
  });

  it('STATUS gives the AID of the selected application', () => {
    const card = newCard();
    expect(send(card, '80F2000100')).toBe('9000');
    send(card, `00A4040C10${isdR}`);
    expect(send(card, '80F2000100')).toBe(`8410${isdR}9000`);
  });

  it('the ARA-M names the programs that may use the ISD-R', () => {
    const card = new ApduCard(new VirtualEuicc({ material: world.material }), {
      accessRules: ['AB'.repeat(20)],
    });
    send(card, `00A4040009${araM}`);
    expect(send(card, '80CAFF4000')).toBe(`FF4021E21FE1184F00C114${'AB'.repeat(20)}E303D001019000`);
    expect(send(card, '80CADF2000')).toMatch(/^DF2008.{16}9000$/);
    expect(send(card, '80CADF2107E405E603010100')).toBe('610A');
    expect(send(card, '80CADF2107E405E60301010000')).toBe('DF2107E505E6030101009000');
    expect(send(card, '80CAFF5000')).toBe('6A88');
  });

  it.each([
    ['TERMINAL CAPABILITY', '80AA00000AA9088100820101830107', '9000'],
    ['TERMINAL CAPABILITY with other data', '80AA000003AA0100', '6A80'],
    ['TERMINAL CAPABILITY that is cut off', '80AA000003A90881', '6A80'],
    ['TERMINAL CAPABILITY with parameters', '80AA010002A900', '6A86'],
    ['TERMINAL PROFILE', '801000000100', '9000'],
    ['STATUS', '80F2000C00', '9000'],
    ['STATUS with other parameters', '80F2800000', '6A86'],
    ['GET RESPONSE with nothing to give', '00C0000010', '6985'],
    ['GET RESPONSE with parameters', '00C0010010', '6A86'],
    ['GET RESPONSE without Le', '00C00000', '6700'],
    ['MANAGE CHANNEL with data', '007000000101', '6700'],
    ['MANAGE CHANNEL of another kind', '0070010000', '6A86'],
    ['closing the basic channel', '0070800000', '6A86'],
    ['closing a channel that is not there', '0070801400', '6A86'],
    ['closing a channel that is not open', '0070800500', '6881'],
    ['opening a channel that is not there', '0070001400', '6A86'],
    ['nothing', '', '6700'],
    ['three octets', '00A404', '6700'],
    ['Lc beyond the end', '00A4040010A000', '6700'],
    ['octets after Le', '00A4000C023F000000', '6700'],
    ['an extended length', '00A4040000000101', '6700'],
    ['a class of GSM', 'A0A40000023F00', '6E00'],
    ['a class of the reader', 'FFCA000000', '6E00'],
    ['a class that is reserved', '20A40000023F00', '6E00'],
    ['secure messaging', '04A4000C023F00', '6882'],
    ['secure messaging of GlobalPlatform', '84E2910003BF2E00', '6882'],
    ['chaining', '10A4000C023F00', '6884'],
    ['a channel that is not open', '01A4000C023F00', '6881'],
    ['a further channel that is not open', '40A4000C023F00', '6881'],
    ['an unknown instruction', '00200001083132333435363738', '6D00'],
    ['STORE DATA without the ISD-R', '80E2910003BF2E00', '6D00'],
    ['SELECT of another class', '80A4000C023F00', '6D00'],
    ['GET DATA without an application', '80CA005A00', '6D00'],
  ])('%s', (_, command, statusWord) => {
    expect(send(newCard(), command)).toBe(statusWord);
  });
});

describe('a card with a problem of its own', () => {
  const failing = (error: Error) => {
    const troubles: Error[] = [];
    const commit = (): never => {
      throw error;
    };
    const euicc = new VirtualEuicc({
      material: world.material,
      memory: { state: factoryState(testEid), commit },
    });
    const card = new ApduCard(euicc, { onTrouble: (trouble) => void troubles.push(trouble) });
    return { lpa: new ApduLpa(card), troubles };
  };

  it.each([
    ['a full disk', Object.assign(new Error('no space left'), { code: 'ENOSPC' }), '6581'],
    ['a state file that another process has changed', new StateFileError('changed'), '6581'],
    ['a mistake in the card', new TypeError('a mistake'), '6f00'],
  ])('%s is reported, and the card answers on', (_, error, statusWord) => {
    const { lpa, troubles } = failing(error);
    lpa.call('BF3F03800141');
    expect(lpa.statusWords).toEqual([statusWord]);
    expect(troubles).toEqual([error]);
    expect(lpa.callHex('BF3E035C015A')).toBe(`BF3E125A10${testEid}`);
  });

  it('without power answers nothing, and starts anew', () => {
    const memory = memoryOf(factoryState(testEid));
    const behaviour = { powerLossAtUnit: 4, failTimes: 1 };
    const card = new ApduCard(new VirtualEuicc({ material: world.material, memory, behaviour }));
    const { units } = prepare(new ApduLpa(card), world);
    const lpa = new ApduLpa(card);
    for (const unit of units.slice(0, 3)) lpa.call(unit);
    expect(card.transmit(Buffer.of(0x82, 0xe2, 0x91, 0, units[3]!.length, ...units[3]!))).toHaveLength(0);
    expect(send(card, '82F2000C')).toBe('6881');
    expect(memory.state.profiles).toEqual([]);
  });
});

describe('whatever octets come', () => {
  it('the card answers with a status word, and answers on', () => {
    const card = newCard();
    const lpa = new ApduLpa(card);
    const header = fc.constantFrom(
      '81E29100',
      '81E21100',
      '81E2910A',
      '01A40400',
      '81C00000',
      '0070',
      '81CA',
    );
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 60 }), (start, more) => {
        const answer = card.transmit(Buffer.concat([Buffer.from(start, 'hex'), more]));
        expect(answer.length).toBeGreaterThanOrEqual(2);
        expect(answer.at(-2)! >> 4 === 6 || answer.at(-2) === 0x90).toBe(true);
        expect(answer.subarray(-2).toString('hex')).not.toMatch(/^(6f00|6581)$/);
      }),
      { numRuns: 2_000 },
    );
    if (lpa.callHex('BF3E035C015A') === '') expect(lpa.statusWords).toEqual(['6881']);
    card.reset();
    expect(new ApduLpa(card).callHex('BF3E035C015A')).toBe(`BF3E125A10${testEid}`);
  });
});
