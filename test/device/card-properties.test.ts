import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cardFields,
  CardPropertiesError,
  checkCardProperties,
  parseCard,
  readCardFile,
} from '../../src/device/index.js';
import { temporaryFolder } from '../support/pki-folder.js';

const problemsIn = (value: unknown): readonly string[] => {
  try {
    checkCardProperties(value, 'card.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof CardPropertiesError)) throw error;
    return error.message.split('\n');
  }
};

describe('checkCardProperties', () => {
  it.each<[string, unknown]>([
    ['eid', '8904'],
    ['svn', '2.5'],
    ['svn', '2.5.256'],
    ['profileVersion', 2],
    ['nonVolatileMemory', -1],
    ['nonVolatileMemory', 1.5],
    ['uiccCapability', ['flying']],
    ['uiccCapability', [256]],
    ['rspCapability', 'crlSupport'],
    ['forbiddenPolicyRules', ['ppr3']],
    ['curve', 'P-384'],
    ['verificationCis', ['abc']],
    ['euiccInfo2', 'bf2'],
    ['segmentOctets', 0],
    ['ignoreCertificateDates', 'yes'],
    ['failAtElement', 0],
    ['failStatus', 200],
    ['powerLossAtUnit', '3'],
    ['userRefuses', 'no'],
    ['wrongConfirmationCodes', -1],
    ['holdNotifications', 1],
    ['svn', null],
  ])('refuses %s: %j, and says what is allowed', (property, value) => {
    const name = property as keyof typeof cardFields;
    const [problem, ...others] = problemsIn({ [property]: value });
    expect(others).toEqual([]);
    expect(problem).toContain(`card.yaml: ${property}: `);
    expect(problem).toContain(`Allowed: ${cardFields[name].allowed}`);
  });

  it('names every wrong property', () => {
    expect(problemsIn({ svn: '2', curve: 'P', eid: '89049032123451234512345678901235' })).toHaveLength(2);
  });

  it('suggests the right name for an unknown property', () => {
    expect(problemsIn({ segmentOctet: 2000 })).toEqual([
      'card.yaml: segmentOctet: there is no such property. Did you mean segmentOctets?',
    ]);
  });

  it('refuses a reason for a failure that does not happen', () => {
    expect(problemsIn({ failStatus: 4 })).toEqual([
      'card.yaml: failStatus: is allowed only with failAtElement, which is missing',
    ]);
  });

  it.each([null, 3, 'svn', ['svn']])('refuses %j instead of an object', (value) => {
    expect(problemsIn(value)).toEqual([expect.stringContaining('must be an object of card properties')]);
  });
});

describe('a card file', () => {
  it('may be YAML or JSON', () => {
    const card = { svn: '2.2.0', uiccCapability: ['usimSupport', 4], memoryFull: true };
    expect(parseCard('svn: 2.2.0\nuiccCapability: [usimSupport, 4]\nmemoryFull: true\n', 'a')).toEqual(card);
    expect(parseCard(JSON.stringify(card), 'b')).toEqual(card);
    expect(parseCard('# nothing yet\n', 'c')).toEqual({});
  });

  it('keeps all digits of an EID without quotes', () => {
    expect(parseCard('eid: 89049032123451234512345678901235', 'a')).toEqual({
      eid: '89049032123451234512345678901235',
    });
  });

  it.each<[string, RegExp]>([
    ['svn: 2.2.0\nfailAtElement: none\n', /^a\.yaml: line 2: failAtElement: 'none' is not allowed/],
    ['svn: [', /^a\.yaml: line 1, column 7: this is neither YAML nor JSON: .*; close each quote/],
    [
      'svn: 2.2.0\nsvn: 2.3.0\n',
      /^a\.yaml: line 2, column 1: this is neither YAML nor JSON: this name is in the map already/,
    ],
    ['a: &a [x]\nb: [*a, *a]\n', /^a\.yaml: /],
    ['- svn', /^a\.yaml: must be an object/],
    ['svn: {a: 1, b: [2]}', /^a\.yaml: line 1: svn: \{"a":1,"b":\[2\]\} is not allowed/],
    ['nonVolatileMemory: .inf', /^a\.yaml: line 1: nonVolatileMemory: Infinity is not allowed/],
  ])('that is %j is refused with the place', (text, message) => {
    expect(() => parseCard(text, 'a.yaml')).toThrow(message);
  });

  it('that is not there is refused with its name', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'card.yaml');
    expect(() => readCardFile(path)).toThrow(/card\.yaml: cannot be read: ENOENT/);
    writeFileSync(path, 'curve: brainpoolP256r1');
    expect(readCardFile(path)).toEqual({ curve: 'brainpoolP256r1' });
  });
});
