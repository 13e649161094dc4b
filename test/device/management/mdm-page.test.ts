import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statusMeanings } from '../../../src/device/management/syncml/index.js';
import {
  defaultWindowsSettings,
  ErrorDetail,
  euiccNodes,
  type NodeDefinition,
} from '../../../src/device/management/windows/index.js';
import { startMockSmdp } from '../../../src/library/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';
import { addProfile, below, read, send, testPc } from './support/pc.js';

const page = readFileSync(new URL('../../../docs/mdm.md', import.meta.url), 'utf8');

/** The cells of the table under a heading of docs/mdm.md. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = page.split(`\n### ${heading}\n`)[1]!.split(/\n##/)[0]!;
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) => row.slice(2, -2).split(' | '));
}

describe('docs/mdm.md', () => {
  it('has the whole tree', () => {
    const rows = (euiccNodes as readonly NodeDefinition[]).map((node) => [
      node.path === '' ? '(the node itself)' : `\`${node.path}\``,
      ...[node.format, node.access.join(', '), node.default === '' ? '' : (node.default ?? '')],
      `${node.build}${node.isPreview ? ', preview' : ''}`,
      node.meaning,
    ]);
    expect(rowsUnder('The tree')).toEqual(rows);
  });

  it('has the status codes', () => {
    expect(rowsUnder('Status codes')).toEqual(Object.entries(statusMeanings).map((row) => [...row]));
  });

  it('has the settings of a PC with their defaults', () => {
    expect(rowsUnder('Settings of a PC').map(([name, value]) => [name, value])).toEqual(
      Object.entries(defaultWindowsSettings).map(([name, value]) => [
        `\`${name}\``,
        `\`${typeof value === 'string' ? value || "''" : JSON.stringify(value)}\``,
      ]),
    );
  });

  it('has the values of ErrorDetail', () => {
    expect(rowsUnder('ErrorDetail').map(([value, name]) => [name, Number(value)])).toEqual(
      Object.entries(ErrorDetail),
    );
  });
});

const smdp = await startMockSmdp({ certs: await testPkiFolder() });
whenDone(() => smdp.close());

it.each(rowsUnder('ErrorDetail').map(([value, name, how]) => [value!, name!, how!] as const))(
  'leads to ErrorDetail %s (%s) with %s',
  async (value, _, how) => {
    const matchingId = /MatchingID `([^`]+)`/.exec(how)?.[1] ?? 'WARN';
    const failNextWith = Number(/failNextWith: (\d+)/.exec(how)?.[1] ?? 0);
    const pc = testPc(smdp.device(), { failNextWith });
    const iccid = '8900100000000000002';
    send(pc, addProfile(iccid, smdp.address, matchingId));
    await pc.idle();
    expect(read(pc, below(`Profiles/${iccid}/ErrorDetail`))).toBe(value);
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe(value === '0' ? '2' : '4');
  },
);
