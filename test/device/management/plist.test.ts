import { describe, expect, it } from 'vitest';
import {
  dictOf,
  PlistError,
  plistLimits,
  readPlist,
  writePlist,
} from '../../../src/device/management/apple/plist/index.js';

const doctype =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';
const plist = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${doctype}\n<plist version="1.0">${content}</plist>`;

describe('a property list', () => {
  const values = dictOf({
    text: 'a < b & c > d "é"',
    empty: '',
    number: -7,
    real: 1.5,
    yes: true,
    no: false,
    date: new Date('2024-02-29T12:00:00Z'),
    octets: Buffer.from('00ff10', 'hex'),
    list: [1, 'two', [], dictOf({ inner: 3 })],
    nothing: dictOf({}),
    ['__proto__']: 'only a name',
  });

  it('reads what it writes', () => {
    expect(readPlist(writePlist(values))).toEqual(values);
  });

  it('is read with blanks, comments, CDATA and lines in data', () => {
    const text = plist(`
      <!-- a comment --> <dict> <key>a</key> <string><![CDATA[<b>]]>&amp;&#65;</string>
      <key>d</key><data>
        AP8Q
      </data><key>i</key><integer> 12 </integer><key>h</key><integer>0x1F</integer></dict>`);
    expect(readPlist(text)).toEqual(dictOf({ a: '<b>&A', d: Buffer.from('00ff10', 'hex'), i: 12, h: 31 }));
  });

  it('writes characters that XML cannot carry as U+FFFD', () => {
    expect(readPlist(writePlist('a\u0000b\u001b'))).toBe('a\ufffdb\ufffd');
  });
});

describe('text that is not a property list is refused, and the error says where', () => {
  const deep = (levels: number): string => plist('<array>'.repeat(levels) + '</array>'.repeat(levels));
  it.each([
    ['nothing', '', /document must contain a root element|no value/],
    ['no XML', 'RefreshCellularPlans', /line 1/],
    ['another root', '<dict/>', /the root element is <dict> instead of <plist>/],
    ['an unclosed element', plist('<dict>'), /line 3/],
    ['no value', plist(''), /no value/],
    ['two values', plist('<true/><true/>'), /more than one value/],
    ['an unknown element', plist('<set/>'), /has no <set>/],
    ['a plist in a plist', plist('<plist/>'), /a <plist> in a <plist>/],
    ['a value without key', plist('<dict><true/></dict>'), /has no <key> before it/],
    ['a key without value', plist('<dict><key>a</key></dict>'), /'a' has no value/],
    ['two keys in a row', plist('<dict><key>a</key><key>b</key></dict>'), /'a' has no value/],
    ['a key twice', plist('<dict><key>a</key><true/><key>a</key><true/></dict>'), /'a' occurs twice/],
    ['a key in an array', plist('<array><key>a</key></array>'), /outside a <dict>/],
    ['text in a dict', plist('<dict>a</dict>'), /<dict> contains text/],
    ['an element in a string', plist('<string><true/></string>'), /<string> contains an element/],
    ['a wrong integer', plist('<integer>1.5</integer>'), /'1.5' is not a valid <integer>/],
    [
      'an integer that is too large',
      plist('<integer>99999999999999999999</integer>'),
      /is not a valid <integer>/,
    ],
    ['a wrong real', plist('<real>x</real>'), /is not a valid <real>/],
    ['a wrong date', plist('<date>yesterday</date>'), /is not a valid <date>/],
    ['a date that is none', plist('<date>2024-13-40T00:00:00Z</date>'), /is not a valid <date>/],
    ['wrong data', plist('<data>!</data>'), /is not a valid <data>/],
    ['text in true', plist('<true>1</true>'), /is not a valid <true>/],
    [
      'an internal entity',
      '<!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><string>&a;</string></plist>',
      /has declarations/,
    ],
    [
      'an external entity',
      '<!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist><string>&x;</string></plist>',
      /has declarations/,
    ],
    ['an unknown entity', plist('<string>&lol9;</string>'), /entity/i],
    ['too deep', deep(plistLimits.depth), /nested more than 32 deep/],
    ['very deep', deep(5000), /nested more than 32 deep/],
    [
      'too many elements',
      plist(`<array>${'<true/>'.repeat(plistLimits.elements)}</array>`),
      /more than 5000 elements/,
    ],
    ['too long', plist(`<string>${'a'.repeat(plistLimits.octets)}</string>`), /more than 262144 octets/],
  ])('%s', (_, text, reason) => {
    let thrown: unknown;
    try {
      readPlist(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PlistError);
    expect((thrown as PlistError).message).toMatch(reason);
    expect((thrown as PlistError).line).toBeGreaterThan(0);
  });
});
