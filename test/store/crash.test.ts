import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { startProcess } from './processes.js';
import { iccid } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();
const kills = 10;

/** Lets a process commit for a random time after its first commit and kills it; the last commit that it was told of. */
async function commitUntilKilled(file: string): Promise<number> {
  const child = await startProcess('committing-process.ts', { DATABASE: file });
  const { stdout } = child;
  if (!stdout) throw new Error('the process has no output');
  let output = '';
  stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(stdout, 'data');
  await setTimeout(Math.random() * 40);
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  // What stands behind the last line feed may be a part of a number only.
  return Number(output.split('\n').at(-2) ?? 0);
}

describe('a process killed while it commits', () => {
  it(`leaves all or nothing of each commit, and loses none that it was told of (${kills} kills)`, async () => {
    const file = newFile();
    for (let kill = 0; kill < kills; kill++) {
      const acknowledged = await commitUntilKilled(file);
      const store = await openStore(file);
      const [profile] = await store.profilesByIccid(iccid(1));
      if (!profile) throw new Error('the profile is lost');
      const commits = profile.version - 1;
      expect(acknowledged).toBeGreaterThan(0);
      expect(commits).toBeGreaterThanOrEqual(acknowledged);
      expect(profile.label).toBe(String(commits));
      expect(await store.history(profile.id)).toHaveLength(commits);
      expect(await store.notifications(profile.id)).toHaveLength(commits);
      const counts = Object.entries(await store.countProfiles()).filter(([, count]) => count !== 0);
      expect(counts).toEqual([[profile.state, 1]]);
      await store.close();
    }
  }, 120_000);
});
