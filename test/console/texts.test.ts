import { describe, expect, it } from 'vitest';
import type { FaultExampleView } from '../../src/api/index.js';
import { de } from '../../src/console/texts/de/index.js';
import { en } from '../../src/console/texts/en/index.js';
import { deploymentStatuses } from '../../src/pools/index.js';
import { profileStates } from '../../src/store/index.js';
import { startForTest } from '../server/support.js';

/** Paths of all texts: `shell.pages.overview`. */
const pathsIn = (texts: object, above = ''): string[] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? pathsIn(value, `${above}${name}.`)
      : [`${above}${name}: ${typeof value}`],
  );

describe('the texts of the console', () => {
  it('are the same in each language, but for sentences of the server', () => {
    const own = (texts: typeof en) => {
      const { fromServer: _, ...rest } = texts;
      return pathsIn(rest).sort();
    };
    expect(own(de)).toEqual(own(en));
  });

  it('name each state of a profile', () => {
    for (const texts of [en, de]) expect(Object.keys(texts.common.profileStates)).toEqual([...profileStates]);
  });

  it('say in German what each fault of the catalogue does, what a device notices, and each status of a pool', async () => {
    const server = await startForTest();
    const answer = await server.control({ method: 'GET', path: '/faults/examples' });
    const { items } = JSON.parse(answer.body) as { items: FaultExampleView[] };
    expect(items.length).toBeGreaterThan(5);
    const sentences = [...items.flatMap(({ what, notices }) => [what, notices]), ...deploymentStatuses];
    expect(sentences.filter((sentence) => !Object.hasOwn(de.fromServer, sentence))).toEqual([]);
    expect(Object.keys(de.fromServer).filter((sentence) => !sentences.includes(sentence))).toEqual([]);
  });
});
