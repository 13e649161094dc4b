import { describe, expect, it } from 'vitest';
import {
  builtInProfileTypes,
  compileProfileType,
  diffPackages,
  inspectPackage,
  lintPackage,
  lintRules,
  viewPackage,
} from '../../src/profiles/index.js';
import { decode, encode, readAll, readTlv, bits, tlv, tlvBytes } from '../../src/wire/asn1/index.js';
import { EuiccInfo2, UiccCapability } from '../../src/wire/rsp/index.js';
import { compiled, needsTs48, ts48 } from './support.js';

const iccid = '8900101000000000002';
const sound = compiled({
  kind: 'generated',
  parameters: { msisdn: '+491722345678', gid1: 'AA', gid2: 'BB', files: 'full' },
}).package({ iccid });

/** An element of a package, and its members, to be changed and put together again. */
interface Piece {
  readonly tag: number;
  members: Buffer[];
}

const pieces = (octets: Buffer): Piece[] =>
  [...readAll(octets, 0, octets.length, 'minimal')].map((outer) => ({
    tag: outer.tag,
    members: [...readAll(octets, outer.valueStart, outer.end, 'minimal')].map(tlvBytes),
  }));
const joined = (some: readonly Piece[]): Buffer =>
  Buffer.concat(some.map(({ tag, members }) => tlv(tag, ...members)));

const tags = {
  mf: 0xb0,
  puk: 0xa3,
  pin: 0xa2,
  usim: 0xb3,
  optUsim: 0xb4,
  aka: 0xa4,
  sd: 0xa6,
  header: 0xa0,
  end: 0xaa,
};
type Name = keyof typeof tags;

/** A package in which one element has other members. */
function changed(name: Name, change: (piece: Piece) => void, nth = 0): Buffer {
  const all = pieces(sound);
  change(all.filter(({ tag }) => tag === tags[name])[nth]!);
  return joined(all);
}

/** A package in which octets of an element are replaced by as many others. */
const replaced = (name: Name, from: string, to: string, nth = 0): Buffer =>
  changed(
    name,
    (piece) => {
      const before = Buffer.concat(piece.members).toString('hex');
      expect(before).toContain(from);
      expect(to).toHaveLength(from.length);
      const after = Buffer.from(before.replace(from, to), 'hex');
      piece.members = [...readAll(after, 0, after.length, 'minimal')].map(tlvBytes);
    },
    nth,
  );

const reordered = (order: (all: Piece[]) => Piece[]): Buffer => joined(order(pieces(sound)));
const withoutElement = (name: Name): Buffer =>
  reordered((all) => all.filter(({ tag }) => tag !== tags[name]));
const withoutMember = (name: Name, tag: number): Buffer =>
  changed(name, (piece) => (piece.members = piece.members.filter((member) => member[0] !== tag)));

/** A package in which a file of an element has other steps. */
const withFile = (name: Name, tag: number, steps: (octets: Buffer[]) => Buffer[]): Buffer =>
  changed(name, (piece) => {
    piece.members = piece.members.map((member) => {
      if (member[0] !== tag) return member;
      const outer = readTlv(member, 0, member.length, 'minimal');
      return tlv(tag, ...steps([...readAll(member, outer.valueStart, outer.end, 'minimal')].map(tlvBytes)));
    });
  });

/** A package in which the Fcp of a file has other members. */
const withFcp = (name: Name, tag: number, change: (members: Buffer[]) => Buffer[]): Buffer =>
  withFile(name, tag, ([fcp, ...others]) => {
    const outer = readTlv(fcp!, 0, fcp!.length, 'minimal');
    return [
      tlv(0xa1, ...change([...readAll(fcp!, outer.valueStart, outer.end, 'minimal')].map(tlvBytes))),
      ...others,
    ];
  });

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const identification = (number: number): Buffer =>
  hex(`a005 8000 8101 ${number.toString(16).padStart(2, '0')}`);
const beforeEnd = (...added: Piece[]): Buffer =>
  reordered((all) => [...all.slice(0, -1), ...added, ...all.slice(-1)]);

/** A package that breaks each rule, and what the finding says. */
const broken: readonly (readonly [rule: string, package_: () => Buffer, message: RegExp])[] = [
  ['structure', () => sound.subarray(0, -9), /ends without an end element/],
  ['structure', () => Buffer.from('not a package'), /this is text/],
  ['structure', () => Buffer.alloc(0), /is empty/],
  ['element-decodes', () => replaced('aka', '810101', '840101'), /algorithmOptions is missing/],
  [
    'element-decodes',
    () => changed('usim', (piece) => piece.members.push(tlv(0xbe, hex('8000')))),
    /member BE/,
  ],
  ['element-known', () => beforeEnd({ tag: 0xbf30, members: [identification(99)] }), /tag BF30/],
  [
    'identification-unique',
    () => changed('aka', ({ members }) => (members[0] = identification(1))),
    /identification 1, which element 2/,
  ],
  ['element-once', () => reordered((all) => [...all.slice(0, 2), ...all.slice(1)]), /is a second mf/],
  ['element-once', () => withoutElement('mf'), /has no mf/],
  [
    'element-order',
    () =>
      reordered((all) => [
        ...all.filter(({ tag }) => tag !== tags.usim && tag !== tags.end),
        ...all.filter(({ tag }) => tag === tags.usim),
        ...all.slice(-1),
      ]),
    /opt-usim|usim or isim/,
  ],
  [
    'element-order',
    () =>
      reordered((all) => [
        all[0]!,
        ...all.filter(({ tag }) => tag === tags.usim),
        ...all.slice(1).filter(({ tag }) => tag !== tags.usim),
      ]),
    /comes before the mf or iot/,
  ],
  [
    'template-fits',
    () => replaced('usim', '67810f010204', '67810f010208'),
    /2\.23\.143\.1\.2\.8; this element needs 2\.23\.143\.1\.2\.4/,
  ],
  [
    'templates-listed',
    () => replaced('header', '67810f010205', '67810f010206'),
    /2\.23\.143\.1\.2\.5, which the header does not list/,
  ],
  [
    'templates-listed',
    () => replaced('header', '67810f010205', '67810f010206'),
    /2\.23\.143\.1\.2\.6, which no element uses/,
  ],
  ['version-known', () => replaced('header', '800102', '800109'), /version 9\.3/],
  [
    'iccid-agrees',
    () => replaced('header', '89001010', '89001011'),
    /has the ICCID 8900101100000000002, but EF\.ICCID has 8900101000000000002/,
  ],
  [
    'iccid-form',
    () => replaced('header', '8900101000000000002f', 'f900101000000000002f'),
    /not 18 to 20 digits/,
  ],
  ['services-needed', () => replaced('header', '8100', '8200'), /demands isim, which nothing/],
  [
    'services-demanded',
    () => replaced('header', '8100', '8200'),
    /mandated, but the header does not demand usim/,
  ],
  [
    'services-demanded',
    () => replaced('header', '8400', '8700'),
    /uses milenage, which the header does not demand/,
  ],
  ['file-missing', () => withoutMember('usim', 0xae), /ef-est is missing/],
  ['descriptor-first', () => withFile('usim', 0xb2, (steps) => steps.reverse()), /after its content/],
  [
    'content-fits',
    () => withFile('usim', 0xb2, ([fcp]) => [fcp!, tlv(0x83, Buffer.alloc(3))]),
    /is 2 octets long, but 3/,
  ],
  [
    'size-known',
    () => withFcp('mf', 0xa5, (members) => members.filter((member) => member[0] !== 0x80)),
    /has no size/,
  ],
  [
    'size-minimal',
    () =>
      withFcp('usim', 0xa3, (members) =>
        members.map((member) => (member[0] === 0x80 ? hex('80020009') : member)),
      ),
    /0009 with a leading 00/,
  ],
  [
    'records-fill-file',
    () =>
      withFcp('mf', 0xa5, (members) =>
        members.map((member) => (member[0] === 0x80 ? hex('800127') : member)),
      ),
    /39 octets long, which is not a multiple of the record length 38/,
  ],
  [
    'directory-has-pin-status',
    () => withFcp('usim', 0xa2, (members) => members.filter((member) => member[0] !== 0xc6)),
    /has no pinStatusTemplateDO/,
  ],
  [
    'directory-has-pin-status',
    () => withFcp('usim', 0xa3, (members) => [...members, hex('c60101')]),
    /only directories have/,
  ],
  [
    'only-files-have-size',
    () => withFile('usim', 0xa2, (steps) => [...steps, hex('830100')]),
    /is a directory, but has content/,
  ],
  [
    'adf-has-name',
    () => withFcp('usim', 0xa2, (members) => members.filter((member) => member[0] !== 0x84)),
    /has no AID/,
  ],
  [
    'short-identifier-coding',
    () => withFcp('usim', 0xa3, (members) => [...members, hex('880139')]),
    /short file identifier 39/,
  ],
  [
    'adf-identifier-unique',
    () =>
      reordered((all) => [...all.slice(0, -1), all.find(({ tag }) => tag === tags.usim)!, ...all.slice(-1)]),
    /temporary file identifier 7FD0, which adf-usim/,
  ],
  [
    'code-form',
    () => replaced('puk', '3131313131313131', '313131313131ffff'),
    /PUK 01 is not 8 ASCII digits/,
  ],
  ['code-form', () => replaced('pin', '31323334ffffffff', '3132ff34ffffffff'), /PIN 01 is not 4 to 8/],
  [
    'code-attempts',
    () => changed('puk', ({ members }) => (members[1] = hex('a112 3010 800101 81083131313131313131 82011a'))),
    /PUK 01 has 10 of 1 attempts/,
  ],
  [
    'code-once',
    () =>
      changed(
        'puk',
        ({ members }) =>
          (members[1] = hex('a11e 300d 800101 81083131313131313131 300d 800101 81083131313131313131')),
      ),
    /defines PUK 01 twice/,
  ],
  [
    'pin-context',
    () => changed('pin', ({ members }) => (members[1] = hex('a112 a010 300e 80020081 81083131313131313131'))),
    /local PIN 81 in the MF/,
  ],
  ['puk-exists', () => withoutElement('puk'), /unblocked by PUK 01, which no earlier element defines/],
  [
    'pin-status-has-pins',
    () => reordered((all) => all.filter(({ tag }) => tag !== tags.pin)),
    /names PIN 01, which no element defines/,
  ],
  [
    'pin-status-has-pins',
    () =>
      reordered((all) =>
        all.filter(
          ({ tag }, index) => tag !== tags.pin || index < all.findIndex((one) => one.tag === tags.usim),
        ),
      ),
    /names PIN 81, which no element defines for this directory/,
  ],
  [
    'access-rule-exists',
    () => replaced('usim', '8b036f0602', '8b036f06fe'),
    /record 254 of EF\.ARR 6F06, which has/,
  ],
  [
    'access-rule-exists',
    () => replaced('usim', '8b036f0602', '8b036f9902'),
    /EF\.ARR 6F99, which the package does not create/,
  ],
  [
    'access-rule-exists',
    () => withFile('mf', 0xa6, ([fcp]) => [fcp!]),
    /record 1 of EF\.ARR 2F06, which is empty/,
  ],
  ['access-rule-form', () => replaced('usim', '80015a', '70015a'), /unknown tag 70/],
  ['aka-keys', () => replaced('aka', '800101', '800105'), /names algorithm 5/],
  ['aka-keys', () => replaced('aka', '800101', '800102'), /has an OPc of 16 octets; TUAK needs 32/],
  ['naa-has-keys', () => withoutElement('aka'), /has no akaParameter/],
  [
    'imsi-form',
    () => withFile('usim', 0xa3, ([fcp]) => [fcp!, tlv(0x83, hex('080110100000000010'))]),
    /parity of an even/,
  ],
  [
    'imsi-form',
    () => withFile('usim', 0xa3, ([fcp]) => [fcp!, tlv(0x83, hex('040910100000000010'))]),
    /takes 4 octets/,
  ],
  ['imsi-form', () => withFile('usim', 0xa3, ([fcp]) => [fcp!]), /has no IMSI/],
  [
    'imsi-form',
    () => withFile('usim', 0xa3, ([fcp]) => [fcp!, tlv(0x83, Buffer.alloc(9, 0xff))]),
    /has no IMSI/,
  ],
  [
    'access-class-set',
    () => withFile('usim', 0xb2, ([fcp]) => [fcp!, tlv(0x83, hex('0400'))]),
    /EF\.ACC is 0400/,
  ],
  [
    'mnc-length',
    () => withFile('usim', 0xb5, ([fcp]) => [fcp!, tlv(0x83, hex('00000007'))]),
    /MNC has 7 digits/,
  ],
  ['service-has-file', () => withoutMember('optUsim', 0xa7), /service 21 \(MSISDN\), but ef-msisdn/],
  [
    'file-has-service',
    () => withFile('usim', 0xa8, ([fcp]) => [fcp!, tlv(0x83, Buffer.alloc(17))]),
    /does not have service 17/,
  ],
  [
    'application-in-dir',
    () => replaced('mf', 'a0000000871002ff49ff0589', 'a0000000871002ff49ff0588'),
    /AID A0000000871002FF49FF0589, which EF\.DIR does not list/,
  ],
  ['mno-sd', () => withoutElement('sd'), /has no securityDomain/],
  ['key-once', () => replaced('sd', '820102', '820101'), /two keys with version 1, identifier 1/],
  [
    'instance-once',
    () =>
      reordered((all) => [...all.slice(0, -1), all.find(({ tag }) => tag === tags.sd)!, ...all.slice(-1)]),
    /creates the instance A000000151000000, which element/,
  ],
  [
    'domain-exists',
    () =>
      beforeEnd({
        tag: 0xa7,
        members: [
          identification(98),
          tlv(0x4f, hex('a0000000090001')),
          tlv(0x4f, hex('a0000001510001')),
          hex('810112'),
          hex('0400'),
          hex('0400'),
        ],
      }),
    /security domain A0000001510001, which no earlier element creates/,
  ],
  [
    'tar-once',
    () =>
      beforeEnd(
        ...[97, 98].map((number) => ({
          tag: 0xa7,
          members: [
            identification(number),
            tlv(0x4f, hex(`a00000000900${number.toString(16)}`)),
            tlv(0xa0, tlv(0x04, hex('b00010'))),
            hex('810112'),
            hex('0400'),
            hex('0400'),
          ],
        })),
      ),
    /TAR B00010, which element/,
  ],
];

describe('the linter', () => {
  it.each(broken)('finds a breach of %s', (rule, package_, message) => {
    const found = lintPackage(package_()).filter((finding) => finding.rule === rule);
    expect(found.map((finding) => finding.message).filter((text) => message.test(text))).not.toEqual([]);
  });

  it('has no rule that this file does not break', () => {
    const tested = new Set(broken.map(([rule]) => rule));
    expect(lintRules.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });

  it('finds nothing in a generated package', () => {
    expect(lintPackage(sound)).toEqual([]);
    for (const type of builtInProfileTypes)
      expect(lintPackage(compileProfileType(type).package({ iccid }))).toEqual([]);
  });

  it.skipIf(ts48.length === 0)(`finds nothing in the packages of GSMA TS.48${needsTs48}`, () => {
    for (const [name, octets] of ts48) expect([name, lintPackage(octets)]).toEqual([name, []]);
  });

  it('names the element, the file and the octet', () => {
    const package_ = withFile('usim', 0xb2, ([fcp]) => [fcp!, tlv(0x83, Buffer.alloc(3, 0x5a))]);
    const finding = lintPackage(package_).find(({ rule }) => rule === 'content-fits')!;
    expect(finding).toMatchObject({ severity: 'error', element: 5, elementName: 'usim', file: 'ef-acc' });
    expect(package_[finding.offset!]).toBe(0xb2);
  });

  it('never raises, whatever octet is changed or missing', () => {
    for (let at = 0; at < sound.length; at += 3) {
      const flipped = Buffer.from(sound);
      flipped[at]! ^= 0x1 << (at % 8);
      for (const octets of [flipped, sound.subarray(0, at)]) {
        lintPackage(octets);
        JSON.stringify(viewPackage(inspectPackage(octets), true));
      }
    }
  });
});

describe('the linter with an eUICC', () => {
  const info = (change: Partial<EuiccInfo2>): EuiccInfo2 =>
    decode(
      EuiccInfo2,
      encode(EuiccInfo2, {
        profileVersion: Buffer.of(2, 3, 1),
        svn: Buffer.of(2, 5, 0),
        euiccFirmwareVer: Buffer.of(1, 0, 0),
        extCardResource: hex('810100 8204 00080000 830400010000'),
        uiccCapability: bits(UiccCapability.usimSupport, UiccCapability.akaMilenage),
        rspCapability: bits(0),
        euiccCiPKIdListForVerification: [],
        euiccCiPKIdListForSigning: [],
        ppVersion: Buffer.of(0, 0, 1),
        sasAcreditationNumber: 'x',
        ...change,
      }),
    );
  const rules = (change: Partial<EuiccInfo2>): string[] =>
    lintPackage(sound, { euiccInfo2: info(change) }).map(({ rule }) => rule);

  it('finds nothing where the package fits', () => expect(rules({})).toEqual([]));
  it('finds a service that the eUICC does not have', () =>
    expect(rules({ uiccCapability: bits(UiccCapability.usimSupport) })).toEqual(['euicc-services']));
  it('finds a version that is too new', () =>
    expect(rules({ profileVersion: Buffer.of(2, 1, 0) })).toEqual(['euicc-version']));
  it('finds too little memory', () =>
    expect(rules({ extCardResource: hex('82020100 83020100') })).toEqual(['euicc-memory']));
});

describe('the view of a package', () => {
  it('shows what a file means, and hides keys and codes unless asked', () => {
    const text = (secrets: boolean): string => JSON.stringify(viewPackage(inspectPackage(sound), secrets));
    const key = '465B5CE8B199B49FAA5F0A2EE238A6BC';
    expect(text(false)).toContain('"meaning":"8900101000000000002"');
    expect(text(false)).not.toContain(key);
    expect(text(true)).toContain(key);
  });

  it('never throws, whatever tag a file of an element has', () => {
    for (const tag of [0x01, 0x81, 0x82, 0xa0, 0xa1, 0xbf, 0xff]) {
      const octets = changed(
        'mf',
        ({ members }) => (members[2] = Buffer.from([tag, ...members[2]!.subarray(1)])),
      );
      expect(() => viewPackage(inspectPackage(octets), true)).not.toThrow();
      expect(() => lintPackage(octets)).not.toThrow();
    }
  });

  it('accounts for every octet', () => {
    const { elements, size } = viewPackage(inspectPackage(sound), false);
    expect(elements.reduce((sum, { length }) => sum + length, 0)).toBe(size);
    expect(elements.map(({ name }) => name).slice(0, 2)).toEqual(['header', 'mf']);
  });
});

describe('the comparison of packages', () => {
  const view = (octets: Buffer) => viewPackage(inspectPackage(octets), true);

  it('finds nothing between equal packages', () =>
    expect(diffPackages(view(sound), view(sound))).toEqual([]));

  it('names what differs, what is gone and what is new', () => {
    const other = withFile('usim', 0xb2, ([fcp]) => [fcp!, tlv(0x83, hex('0400'))]);
    expect(diffPackages(view(sound), view(other))).toEqual([
      {
        path: 'usim/ef-acc/content',
        before: expect.stringMatching(/^[0-9A-F]{4}$/) as string,
        after: '0400',
      },
    ]);
    const less = withoutElement('optUsim');
    const paths = diffPackages(view(sound), view(less)).map(({ path, after }) => [path, after]);
    expect(paths).toContainEqual(['opt-usim/ef-gid1/content', undefined]);
    expect(diffPackages(view(less), view(sound)).every(({ before }) => before === undefined)).toBe(true);
  });
});
