import { describe, expect, it } from 'vitest';
import { filesNamedIn, SeedDocument, SeedError } from '../../../src/api/index.js';

const read = (text: string) => SeedDocument.read(text, 'lab.yaml');

function problemsOf(text: string): SeedError['problems'] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (error instanceof SeedError) return error.problems;
    throw error;
  }
}

const nestedLines = (line: string): string =>
  Array.from({ length: 300 }, (_, level) => ' '.repeat(level) + line).join('');

describe('a seed file', () => {
  it('may be YAML or JSON, or empty', () => {
    expect(read('profiles: [{label: a}]').seed).toEqual({ profiles: [{ label: 'a' }] });
    expect(read('{"profiles": [{"label": "a"}]}').seed).toEqual({ profiles: [{ label: 'a' }] });
    expect(read('# nothing yet\n').seed).toEqual({});
  });

  it('keeps digits as they are written, with and without quotes', () => {
    const { seed } = read(`
profileTypes:
  - name: 5
    parameters: { mcc: 001, mnc: 01, k: 00112233445566778899001122334455 }
profiles:
  - eid: 89049032123451234512345678901235
    iccid: 89000000000000001010
    downloadAttempts: 3
`);
    expect(seed.profileTypes).toEqual([
      { name: '5', parameters: { mcc: '001', mnc: '01', k: '00112233445566778899001122334455' } },
    ]);
    expect(seed.profiles).toEqual([
      { eid: '89049032123451234512345678901235', iccid: '89000000000000001010', downloadAttempts: 3 },
    ]);
  });

  it('may repeat itself by anchors and merge keys', () => {
    const { seed } = read(`
profiles:
  - &fleet { profileType: Test, label: one }
  - { <<: *fleet, label: two }
`);
    expect(seed.profiles).toEqual([
      { profileType: 'Test', label: 'one' },
      { profileType: 'Test', label: 'two' },
    ]);
  });

  it.each([
    ['profiles:\n  - label: a\n    stat: Released\n', 3, 5, 'profiles.0.stat', 'is not known', /state/],
    [
      'profiles:\n  - { label: a, state: Releasd }\n',
      2,
      17,
      'profiles.0.state',
      /^must be one of/,
      /Released/,
    ],
    ['faults:\n  - refuse: 8.1\n', 2, 5, 'faults.0.refuse', /^must be/, undefined],
    ['operators:\n  - callbackUrl: x\n', 2, 5, 'operators.0.identifier', 'is missing', undefined],
    ['profiles: 5\n', 1, 1, 'profiles', /must be .*list/, undefined],
    ['profile: []\n', 1, 1, 'profile', 'is not known', /profiles/],
  ])('names line, column and member of what is wrong: %j', (text, line, column, field, message, remedy) => {
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({ line, column, field });
    expect(problem!.message).toMatch(message);
    if (remedy) expect(problem!.remedy).toMatch(remedy);
  });

  it('names the place where the YAML itself ends', () => {
    expect(problemsOf('profiles:\n  - label: "a\n')).toEqual([
      expect.objectContaining({ field: '', message: expect.stringContaining('quote') as string }),
    ]);
    expect(problemsOf('profiles:\n\t- a\n')[0]).toMatchObject({ line: 2 });
  });

  it('refuses a file that grows by its aliases', () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1},`.repeat(9)} *a${level - 1}]`,
    );
    expect(problemsOf(levels.join('\n'))).not.toEqual([]);
  });

  it.each([
    ['a key that is there twice', 'profiles: []\npools: []\nprofiles: []\n', 3, /in the map already/],
    ['a text that is not Unicode', 'profiles:\n  - label: "\\ud800"\n', 2, /surrogate/],
    ['nested lists in brackets', '['.repeat(20_000), 1, /nested too deeply/],
    ['nested lists on a line', '- '.repeat(20_000), 1, /nested too deeply/],
    ['nested keys on a line', '? '.repeat(20_000), 1, /nested too deeply/],
    ['nested lists on many lines', nestedLines('- \n'), 1, /nested too deeply/],
    ['nested maps on many lines', nestedLines('a:\n'), 1, /nested too deeply/],
    ['more tokens than the server parses', '- \n'.repeat(500_000), 1, /more than 1000000 YAML tokens/],
    ['an alias without an anchor', 'profiles: *none\n', 1, /none/],
  ])('refuses %s', (_what, text, line, message) => {
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({ line, field: '' });
    expect(problem!.message).toMatch(message);
    expect(filesNamedIn(text)).toEqual([]);
  });

  it('says everything in one text for the person who wrote it', () => {
    expect(() => read('profiles:\n  - { label: a, stat: x }\n')).toThrow(
      'the seed was not applied, and nothing has changed:\n  lab.yaml:2:17: profiles.0.stat: is not known\n    did you mean state?',
    );
  });
});
