import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reasons, subjects } from '../../src/wire/rsp/index.js';
import { statusCodeUses } from '../../scripts/pages/status-code-uses.js';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** The rooms that answer; the others are the device's side, or misbehave on purpose. */
const rooms = ['interfaces', 'smds', 'wire/json', 'orders', 'pools', 'pki'];

const sources = rooms.flatMap((room) =>
  readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(src, room, name), 'utf8')),
);

const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!))),
];

/** Put together in the code: those of either server, and those of either certificate of an eUICC. */
const composed: Readonly<Record<string, readonly string[]>> = {
  '${subject}.3/3.1': ['8.8.3/3.1', '8.9.3/3.1'],
  '${subject}.1/3.8': ['8.8.1/3.8', '8.9.1/3.8'],
  '${subject}.2/3.1': ['8.8.2/3.1', '8.9.2/3.1'],
  '${subject}.4/3.7': ['8.8.4/3.7', '8.9.4/3.7'],
  "${subject}/${outOfDate ? '6.3' : '6.1'}": ['8.1.2/6.1', '8.1.2/6.3', '8.1.3/6.1', '8.1.3/6.3'],
};

const answered = [
  ...found(/'(\d+(?:\.\d+)*\/\d+\.\d+)'/g),
  ...Object.values(composed).flat(),
  // Of misbehaviour on purpose that cannot be done.
  '1.6/4.2',
];
const documented = Object.keys(statusCodeUses);

describe('the page of status codes', () => {
  it('has a row for every code that is answered, and for no other', () => {
    expect([...documented].sort()).toEqual([...new Set(answered)].sort());
  });

  it('knows all codes that are put together in the code', () => {
    expect(found(/(?:Refusal|noCommonCi)\(\s*`([^`]+)`/g).sort()).toEqual(Object.keys(composed).sort());
  });

  it('uses every subject and every reason that has a name', () => {
    const [subjectsUsed, reasonsUsed] = [0, 1].map((part) => documented.map((code) => code.split('/')[part]));
    expect(Object.keys(subjects).filter((code) => !subjectsUsed!.includes(code))).toEqual([]);
    expect(Object.keys(reasons).filter((code) => !reasonsUsed!.includes(code))).toEqual([]);
  });
});
