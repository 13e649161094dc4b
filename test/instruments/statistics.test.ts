import { describe, expect, it } from 'vitest';
import { Series } from '../../src/instruments/statistics/series.js';
import { Statistics } from '../../src/instruments/statistics/index.js';
import type { JournalEntry } from '../../src/instruments/journal/index.js';

const minute = 60_000;

describe('a series', () => {
  it('counts what happened in each step of five seconds, with nothing before it began', () => {
    const series = new Series(0);
    series.add(1_000, 'installed');
    series.add(4_999, 'installed');
    series.add(5_000, 'failed');
    series.add(12_000, { refused: '8.2.6/3.8' });
    expect(series.summary(14_000, 15)).toEqual({
      from: 0,
      installed: [2, 0, 0],
      failed: [0, 1, 0],
      refusals: [{ result: '8.2.6/3.8', count: 1 }],
    });
  });

  it('shows the last minutes, and forgets what is older than an hour', () => {
    const series = new Series(0);
    for (let at = 0; at < 120 * minute; at += minute) {
      series.add(at, 'installed');
      series.add(at, { refused: at < 100 * minute ? 'old' : 'new' });
    }
    const now = 120 * minute - 1;
    const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
    expect(total(series.summary(now, 10).installed)).toBe(10);
    expect(total(series.summary(now, 1_000).installed)).toBe(60);
    expect(series.summary(now, 10).refusals).toEqual([{ result: 'new', count: 10 }]);
    expect(series.summary(now, 60).refusals).toEqual([
      { result: 'old', count: 40 },
      { result: 'new', count: 20 },
    ]);
    expect(series.summary(now, 10)).toMatchObject({ from: 110 * minute });
    expect(series.summary(now, 10).installed).toHaveLength(120);
  });
});

describe('statistics', () => {
  const transition = (to: string, namespace = '') =>
    ({ kind: 'transition', transition: { to, namespace } }) as unknown as JournalEntry;
  const refused = (result: string, namespace?: string) =>
    ({ kind: 'exchange', result, exchange: { facts: { namespace } } }) as unknown as JournalEntry;

  it('count for the whole server and for each namespace', () => {
    let tell: (entry: JournalEntry) => void = () => undefined;
    const source = { subscribeQuietly: (listener: typeof tell) => ((tell = listener), () => undefined) };
    const statistics = new Statistics(source, () => 1_000);
    for (const entry of [
      transition('Installed'),
      transition('Installed', 'ONE'),
      transition('Error', 'ONE'),
      transition('Released'),
      refused('Executed-Success'),
      refused('8.1.1/3.8', 'ONE'),
      refused('TLS unknown_ca'),
    ])
      tell(entry);
    expect(statistics.summary(15)).toMatchObject({ installed: [2], failed: [1] });
    expect(statistics.summary(15).refusals).toHaveLength(2);
    expect(statistics.summary(15, 'ONE')).toMatchObject({
      installed: [1],
      failed: [1],
      refusals: [{ result: '8.1.1/3.8', count: 1 }],
    });
    expect(statistics.summary(15, 'TWO')).toMatchObject({ installed: [0], refusals: [] });
  });
});
