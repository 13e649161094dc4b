import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/program.js';
import { frame, FrameReader } from '../../src/device/apdu/frames/frames.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { eidWithCheckDigits } from '../../src/wire/rsp/index.js';
import { cli } from './support/run.js';
import { temporaryFolder, type Folder } from './support/server.js';

const eids = ['1', '2'].map((digit) => eidWithCheckDigits(`89049032${digit.padStart(22, '0')}`));
const thisFile = fileURLToPath(import.meta.url);

let folder: Folder;
let certs: string;
beforeAll(async () => {
  folder = temporaryFolder();
  certs = await testPkiFolder();
});
afterAll(() => folder.remove());

/** Runs the command until it has said where its cards are, does `work`, and stops the command as Ctrl-C does. */
async function whileRunning(
  args: readonly string[],
  cards: number,
  work: (lines: readonly string[]) => Promise<void>,
): Promise<number> {
  const lines: string[] = [];
  let tell: () => void;
  const told = new Promise<void>((resolve) => (tell = resolve));
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
    if (lines.length === cards) tell();
  });
  try {
    const ended = run(['device', 'card', ...args]);
    try {
      await Promise.race([told, ended]);
      await work(lines);
    } finally {
      process.emit('SIGINT');
    }
    return await ended;
  } finally {
    spy.mockRestore();
  }
}

/** Sends a command to the card at `address`, which the command has printed. */
function ask(line: string, command: string): Promise<string> {
  const port = Number(/localhost:(\d+)\.$/.exec(line)![1]);
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost');
    const reader = new FrameReader();
    socket.on('error', reject);
    socket.on('data', (octets: Buffer) => {
      const [answer] = reader.push(octets);
      if (!answer) return;
      socket.destroy();
      resolve(answer.toString('hex').toUpperCase());
    });
    socket.write(frame(Buffer.from(command, 'hex')));
  });
}

const isdR = '00A4040010A0000005591010FFFFFFFF890000010000';

describe('mock-smdp device card', () => {
  it('offers a card on a TCP port until it is stopped', async () => {
    const args = ['--tcp', '0', '--certs', certs, '--state', folder.path('one.json')];
    const code = await whileRunning(args, 1, async ([line]) => {
      expect(await ask(line!, isdR)).toMatch(/^6F.*9000$/);
    });
    expect(code).toBe(0);
  });

  it('offers a card for each EID of a manifest, each on its own port and with its own state', async () => {
    const manifest = folder.path('eids.csv');
    writeFileSync(manifest, `eid,label\n${eids[0]},a\n${eids[1]},b\n`);
    const args = ['--tcp', '0', '--certs', certs, '--manifest', manifest];
    const code = await whileRunning([...args, '--state', folder.path('cards')], 2, async (lines) => {
      expect(lines.map((line) => /^Card (\d+)/.exec(line)![1]).sort()).toEqual(eids);
      expect(new Set(lines.map((line) => /\d+\.$/.exec(line)![0])).size).toBe(2);
      const first = lines.find((line) => line.includes(eids[0]!))!;
      expect(await ask(first, `${isdR.slice(0, 8)}10A0000005591010FFFFFFFF8900000200`)).toBe('611A');
    });
    expect(code).toBe(0);
    expect(readdirSync(folder.path('cards')).filter((name) => name.endsWith('.euicc'))).toHaveLength(2);
  });

  it.each([
    ['neither reader nor port', [], 'give either --vpcd or --tcp'],
    ['both', ['--vpcd', 'localhost:1', '--tcp', '1'], 'give either --vpcd or --tcp'],
    ['a port that is none', ['--tcp', '70000'], 'must be a port'],
    ['a host without a port', ['--vpcd', '--host', '::1'], '--host is allowed only with --tcp'],
    [
      'a manifest and an EID',
      ['--tcp', '0', '--eid', eids[0]!, '--manifest', thisFile],
      '--manifest or --eid',
    ],
    ['a manifest that is none', ['--tcp', '0', '--manifest', thisFile], thisFile],
  ])('refuses %s as wrong usage', async (_, args, words) => {
    const { code, stderr } = await cli('device', 'card', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('says when the port is taken', async () => {
    const args = ['--tcp', '0', '--certs', certs, '--state', folder.path('two.json')];
    await whileRunning(args, 1, async ([line]) => {
      const port = /(\d+)\.$/.exec(line!)![1]!;
      const again = ['--tcp', port, '--certs', certs, '--state', folder.path('three.json')];
      const { code, stderr } = await cli('device', 'card', ...again);
      expect([code, stderr]).toEqual([1, expect.stringContaining('Choose another port with --tcp')]);
    });
  });
});
