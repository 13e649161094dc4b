import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tlv } from '../../src/wire/asn1/index.js';
import { generateProfile } from '../../src/profiles/generator/generate.js';
import { completeParameters } from '../../src/profiles/generator/parameters.js';
import { ProfileDataError, readUpp, UppError, type Personalisation } from '../../src/profiles/index.js';
import { iccidToOctets } from '../../src/wire/rsp/index.js';
import { compiled, needsTs48, thrownBy, ts48 } from './support.js';

const ICCID = '8900101000000000420';
const minimal = generateProfile(completeParameters({ files: 'minimal' }), ICCID, '001010000000001');
const { elements } = readUpp(minimal);
const element = (name: string): Buffer => elements.find((each) => each.name === name)!.octets;
const joined = (...names: string[]): Buffer => Buffer.concat(names.map(element));

/** Offsets at which two packages of one length differ. */
const differences = (one: Buffer, other: Buffer): number[] =>
  [...one.keys()].filter((offset) => one[offset] !== other[offset]);

describe('readUpp', () => {
  it.each([
    ['nothing at all', Buffer.alloc(0), 0, 'the package is empty'],
    ['a text', Buffer.from('GET / HTTP/1.1\r\n'), 0, 'this is text, but neither the hex nor the base64'],
    ['half an octet of hex', Buffer.from('a0f'), 0, 'odd number of digits'],
    ['a package without its end', joined('header', 'mf'), 2, 'ends without an end element'],
    ['a package without its header', joined('mf', 'end'), 1, 'instead of the profile header'],
    ['a second header', joined('header', 'header', 'end'), 2, 'a second profile header'],
    ['a second mf', joined('header', 'mf', 'mf', 'end'), 3, 'a second mf'],
    ['octets after the end', joined('header', 'mf', 'end', 'mf'), 3, 'is followed by 210 octets'],
    ['a foreign tag', Buffer.concat([element('header'), tlv(0x30), element('end')]), 2, 'no profile element'],
    [
      'an element without PEHeader',
      Buffer.concat([element('header'), tlv(0xb3, tlv(0x81)), element('end')]),
      2,
      'does not begin',
    ],
    [
      'a truncated element',
      minimal.subarray(0, 400),
      5,
      'profile element 5 (usim) at octet 384: claims 300 octets',
    ],
    [
      'a field that overruns its element',
      Buffer.concat([
        element('header'),
        tlv(0xb0, tlv(0xa0), Buffer.of(0x81, 5, 1)),
        element('usim'),
        element('end'),
      ]),
      2,
      `profile element 2 (mf) at octet ${element('header').length + 4}: claims 5 octets, but has only 1`,
    ],
    [
      'inner TLVs that do not add up',
      Buffer.concat([element('header'), tlv(0xa1, tlv(0xa0, Buffer.of(0x80))), element('end')]),
      2,
      'middle of a TLV header',
    ],
  ])('refuses %s and says which element is wrong', (_, package_, number, problem) => {
    const error = thrownBy(() => readUpp(package_)) as UppError;
    expect(error).toBeInstanceOf(UppError);
    expect(error.element).toBe(number);
    expect(error.message).toContain(problem);
  });

  it('names the octet at which a field is wrong', () => {
    const at = minimal.indexOf(Buffer.from('830a890010', 'hex')); // ICCID in the header
    const wrong = Buffer.from(minimal);
    wrong[at] = 0x84;
    expect(thrownBy(() => readUpp(wrong))).toMatchObject({
      element: 1,
      offset: at,
      problem: 'iccid: is missing; tag 84 came instead',
    });
  });

  it('refuses TLVs nested without end', () => {
    let nest: Buffer = tlv(0x80);
    for (let depth = 0; depth < 1000; depth++) nest = tlv(0xa0, nest);
    const package_ = Buffer.concat([element('header'), tlv(0xa1, nest), element('end')]);
    expect(thrownBy(() => readUpp(package_))).toMatchObject({ name: 'UppError', element: 2 });
  });

  it('raises nothing but UppError, whatever octets come', () => {
    const change = fc.record({ at: fc.nat(minimal.length - 1), octet: fc.nat(255) });
    const end = fc.option(fc.nat(minimal.length), { nil: minimal.length });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), end, (changes, length) => {
        const mutant = Buffer.from(minimal.subarray(0, length));
        for (const { at, octet } of changes) if (at < length) mutant[at] = octet;
        try {
          expect(readUpp(mutant).elements.at(-1)?.name).toBe('end');
        } catch (error) {
          if (!(error instanceof UppError)) throw error;
          expect(error.offset).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('finds its fields also in a package that is a part of a larger buffer', () => {
    const part = Buffer.concat([Buffer.alloc(13), minimal]).subarray(13);
    expect(readUpp(part).fields).toEqual(readUpp(minimal).fields);
  });
});

describe('an uploaded profile type', () => {
  const upload = (upp: Buffer, personalise: Personalisation) =>
    compiled({ kind: 'uploaded', upp, personalise });

  it('goes out byte for byte, with the ICCID that it came with, when nothing is personalised', () => {
    const type = upload(minimal, 'none');
    expect(type.package({ iccid: '8900101000000000016' })).toEqual(minimal);
    expect(type.fixedIccid).toBe(ICCID);
  });

  it('is refused when EF.ICCID is to be personalised and is not there', () => {
    const bare = joined('header', 'usim', 'end');
    expect(upload(bare, 'none').fixedIccid).toBe(ICCID);
    for (const personalise of ['iccid', 'all'] as const) {
      const error = thrownBy(() => upload(bare, personalise));
      expect(error).toBeInstanceOf(UppError);
      expect(error).toHaveProperty('problem', expect.stringContaining('EF.ICCID in PE-MF is missing'));
    }
  });

  it('is refused when EF.IMSI is to be personalised and is not there', () => {
    const bare = joined('header', 'mf', 'end');
    expect(upload(bare, 'iccid').fixedIccid).toBeUndefined();
    expect(thrownBy(() => upload(bare, 'all'))).toHaveProperty(
      'problem',
      expect.stringContaining('EF.IMSI in PE-USIM is missing'),
    );
  });

  it('takes keys of the length that it has room for and no other', () => {
    const type = upload(minimal, 'all');
    const [k, opc] = [Buffer.alloc(16, 0x4b), Buffer.alloc(16, 0x4f)];
    const profile = type.package({
      iccid: ICCID,
      subscriber: { k: k.toString('hex'), opc: opc.toString('hex') },
    });
    expect(profile.indexOf(k)).toBe(type.upp.fields.k[0]!.offset);
    expect(profile.indexOf(opc)).toBe(type.upp.fields.opc[0]!.offset);
    expect(thrownBy(() => type.package({ iccid: ICCID, subscriber: { k: '00'.repeat(15) } }))).toMatchObject({
      name: 'ProfileDataError',
      field: 'k',
    });
  });

  it.each([
    ['iccid', { iccid: '12345' }],
    ['imsi', { iccid: ICCID, subscriber: { imsi: '12345' } }],
    ['imsi', { iccid: ICCID, subscriber: { imsi: '00101000000000x' } }],
  ])('refuses a malformed %s', (field, personal) => {
    const error = thrownBy(() => upload(minimal, 'all').package(personal));
    expect(error).toBeInstanceOf(ProfileDataError);
    expect(error).toHaveProperty('field', field);
  });

  it.each([
    [
      'iccid',
      { imsi: '001010000000001' },
      'subscriber: each profile has the IMSI, K and OPc of the uploaded',
    ],
    ['all', { spn: 'Lab' }, 'subscriber.spn: cannot be written into an uploaded package; leave it out'],
    ['all', { op: '00'.repeat(16) }, 'subscriber.op: is given without k; give k too'],
  ] as const)('personalised with %s refuses %j, and says what to do', (personalise, subscriber, message) => {
    const error = thrownBy(() => upload(minimal, personalise).package({ iccid: ICCID, subscriber }));
    expect(error).toBeInstanceOf(ProfileDataError);
    expect((error as Error).message).toContain(message);
  });

  describe.skipIf(ts48.length === 0)(`from GSMA TS.48${needsTs48}`, () => {
    it.each(ts48)('%s is read', (_, package_) => {
      const upp = readUpp(package_);
      expect(upp).toMatchObject({
        profileName: 'GSMA Generic eUICC Test Profile',
        headerIccid: '89000123456789012341',
        fileIccid: '89000123456789012341',
        imsi: '001010123456063',
        mncLength: 2,
        usesTestAlgorithm: true,
      });
      expect(upp.mandatoryServices).toContain('usim-test-algorithm');
      expect(upp.elements.length).toBeGreaterThan(25);
    });

    it.each(ts48)('%s goes out byte for byte when nothing is personalised', (_, package_) => {
      const type = upload(package_, 'none');
      expect(type.package({ iccid: ICCID }).equals(package_)).toBe(true);
      expect(type.fixedIccid).toBe('89000123456789012341');
    });

    it.each(ts48)(
      '%s changes in its two ICCIDs and nowhere else when the ICCID is personalised',
      (_, package_) => {
        const type = upload(package_, 'iccid');
        const profile = type.package({ iccid: ICCID });
        const { headerIccid, fileIccid } = type.upp.fields;
        const within = (offset: number): boolean =>
          [headerIccid, fileIccid!].some(
            (field) => offset >= field.offset && offset < field.offset + field.length,
          );
        expect(profile.length).toBe(package_.length);
        expect(differences(profile, package_).filter((offset) => !within(offset))).toEqual([]);
        expect(readUpp(profile)).toMatchObject({
          headerIccid: ICCID,
          fileIccid: ICCID,
          imsi: '001010123456063',
        });
      },
    );

    it.each(ts48)('%s has ICCID, IMSI and access class personalised when all is', (_, package_) => {
      const profile = upload(package_, 'all').package({ iccid: ICCID });
      const upp = readUpp(profile);
      expect(profile.length).toBe(package_.length);
      expect(upp).toMatchObject({ headerIccid: ICCID, fileIccid: ICCID, imsi: '001010000000042' });
      expect(profile.readUInt16BE(upp.fields.accessClass!.offset)).toBe(1 << 2);
    });

    it.each(ts48)('%s is a test profile by its algorithm, and its metadata says so', (_, package_) => {
      const metadata = upload(package_, 'none').metadata({
        iccid: '89000123456789012341',
        serverAddress: 'localhost',
      });
      expect(metadata.includes(Buffer.from('950100', 'hex'))).toBe(true);
    });
  });
});

describe('a package whose ICCID is odd', () => {
  it('goes out as it is with hex digits when nothing is personalised', () => {
    const iccid = '89860A1B2C3D4E5F607';
    const odd = compiled({ kind: 'uploaded', upp: minimal, personalise: 'iccid' }).package({ iccid });
    const type = compiled({ kind: 'uploaded', upp: odd, personalise: 'none' });
    expect(type.fixedIccid).toBe(iccid);
    expect(type.package({ iccid })).toEqual(odd);
    expect(type.metadata({ iccid, serverAddress: 'x' }).includes(iccidToOctets(iccid))).toBe(true);
  });
});
