import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeProgress } from '../../src/cli/fleet/describe-progress.js';
import { eidWithCheckDigits } from '../../src/wire/rsp/index.js';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

const eid = (number: number): string =>
  eidWithCheckDigits(`8904903200000000000009${String(number).padStart(8, '0')}`);

function manifestOf(name: string, lines: readonly string[]): string {
  const path = server.folder.path(name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const fleet = (...args: string[]) => cli('fleet', '--certs', server.folder.path('certs'), ...args);

describe('mock-smdp fleet', () => {
  it('downloads the profiles of a manifest, and writes JSON and a page', async () => {
    const manifest = manifestOf('eids.csv', ['eid', eid(1), eid(2)]);
    expect((await cli('manifest', 'import', manifest, ...server.api)).code).toBe(0);
    const out = server.folder.path('report.html');
    const ran = await fleet(
      '--manifest',
      manifest,
      '--to',
      server.address,
      '--rate',
      '100/s',
      '--json',
      '--out',
      out,
    );
    expect(ran.json()).toMatchObject({ devices: 2, expected: 2, states: { installed: 2 } });
    expect(ran.code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('<svg ');
  });

  it('ends with 1 and a summary if a device ends otherwise than expected, unless that is tolerated', async () => {
    const manifest = manifestOf('codes.csv', [
      'eid;Activation Code',
      `${eid(3)};LPA:1$${server.address}$NONE`,
    ]);
    const ran = await fleet('--manifest', manifest);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^refused +1 +/m);
    expect(ran.stdout).toMatch(/^1 +refused +authenticateClient +8\.2\.6\/3\.8/m);
    expect(ran.stderr).toContain('1 of 1 devices did not end in the state installed');
    expect((await fleet('--manifest', manifest, '--tolerate', '100%')).code).toBe(0);
    expect((await fleet('--manifest', manifest, '--expect', 'refused')).code).toBe(0);
  });

  it.each<[string[], RegExp]>([
    [[], /--devices, or the devices themselves with --manifest/],
    [['--devices', '3'], /Name the SM-DP\+ with --to/],
    [['--devices', '0', '--to', 'localhost'], /whole number from 1/],
    [['--devices', '1', '--to', 'localhost', '--rate', 'fast'], /for example 200\/s/],
    [['--devices', '1', '--to', 'localhost', '--rate', '1/s', '--oobe-days', '7'], /only one of --rate/],
    [['--devices', '1', '--to', 'localhost', '--time-lapse', '2'], /allowed only with --all-at/],
    [['--devices', '1', '--to', 'localhost', '--loss', '10'], /for example 10%/],
    [['--devices', '1', '--to', 'localhost', '--think', '5s..1s'], /shorter duration first/],
    [['--devices', '1', '--to', 'localhost', '--all-at', '25:00'], /for example 09:00/],
    [['--devices', '1', '--to', 'localhost', '--set', 'svn=2'], /svn: '2' is not allowed/],
  ])('is refused with %j before anything is sent', async (args, message) => {
    const { code, stderr } = await fleet(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it.each<[string[], RegExp]>([
    [['eid', '8904'], /wrong\.csv: line 2: eid: '8904' is not an EID; write 32 digits/],
    [['eid,expect', `${eid(4)},happy`], /line 2: expect: 'happy' is not an end state\. Allowed: installed,/],
    [['activationCode', 'LPA:2$localhost$X'], /line 2: activationCode: .*format '2'/],
    [['name,number', 'a,b'], /line 1: there is no column eid or activationCode\. Allowed headings: eid,/],
    [['eid'], / has no devices/],
  ])('names file, line and column of a wrong manifest: %j', async (lines, message) => {
    const manifest = manifestOf('wrong.csv', lines);
    const { code, stderr } = await fleet('--manifest', manifest, '--to', server.address);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
    expect(code).toBe(2);
  });
});

it('the progress says how far the fleet is', () => {
  expect(describeProgress({ total: 10_000, started: 1235, ended: 1200, unexpected: 3 }, 6).text).toBe(
    '1,200 of 10,000 devices, 35 under way, 3 did not end as expected, 200 a second',
  );
});
