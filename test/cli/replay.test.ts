import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeFile } from '../../src/api/recording/index.js';
import type { ReplayReport } from '../../src/replay/index.js';
import { cli } from './support/run.js';

const golden = fileURLToPath(new URL('../vectors/golden-sessions.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const written = (name: string, file: object): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(file));
  return path;
};
let file: ExchangeFile;
let session: string;
beforeAll(() => {
  file = JSON.parse(readFileSync(golden, 'utf8')) as ExchangeFile;
  session = file.exchanges[0]!.session!;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('mock-smdp replay', () => {
  it('prints each exchange, and ends with 0 where all are answered as then', async () => {
    const { code, stdout, stderr } = await cli('replay', golden);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(file.exchanges.length);
    expect(stdout).toMatch(/^same +1 {2}ES9\+ initiateAuthentication: Executed-Success\n/);
    expect(stderr).toBe(`${file.exchanges.length} exchanges are answered as in the recording.\n`);
  });

  it('prints what differs, and ends with 1', async () => {
    const changed = structuredClone(file);
    const { answer } = changed.exchanges[1]!;
    answer.body = answer.body!.replace('Executed-Success', 'Executed-\\u001b[31m');
    const { code, stdout, stderr } = await cli('replay', written('changed.json', changed));
    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        '  header.functionExecutionStatus.status',
        '    then  Executed-?[31m',
        '    now   Executed-Success',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe(
      `mock-smdp: 1 of ${file.exchanges.length} exchanges are answered differently from the recording.\n`,
    );
  });

  it('replays one session, and gives its report as JSON', async () => {
    const ran = await cli('replay', golden, '--session', session.toLowerCase(), '--json');
    expect(ran.code).toBe(0);
    const { exchanges, counts } = ran.json<ReplayReport>();
    expect(new Set(exchanges.map((exchange) => exchange.session))).toEqual(new Set([session]));
    expect(counts).toEqual({ same: exchanges.length, different: 0, notReplayed: 0 });
  });

  it('ends with 2 where the file cannot be replayed, or nothing in it', async () => {
    const first = written('first.json', { ...file, format: 'mock-smdp exchanges 1' });
    const rest = written('rest.json', { ...file, exchanges: file.exchanges.slice(1, 3) });
    for (const [path, message] of [
      [first, 'which can be shown but not replayed'],
      [rest, 'Nothing was replayed. 2 exchanges are not replayed.'],
      [folder, 'It is a folder'],
    ] as const) {
      const { code, stderr } = await cli('replay', path);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
    expect((await cli('replay')).code).toBe(2);
    expect((await cli('replay', golden, '--session', '00')).code).toBe(2);
  });

  it('shows the conversation, that of the first format too', async () => {
    const { code, stdout } = await cli('replay', '--show', golden, '--session', session);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^smdp\.example\.com, exported \S+: \d+ exchanges\n\n\S+ {2}session \w{32}\n/);
    expect(stdout).toContain('  ok      5.6.1 (1): smdpAddress is ours\n');
    const first = written('first.json', { ...file, format: 'mock-smdp exchanges 1' });
    expect((await cli('replay', '--show', first)).stdout).toContain('authenticateClient: 8.2.6/3.8');
    expect((await cli('replay', '--show', first, '--session', '00')).code).toBe(2);
  });
});
