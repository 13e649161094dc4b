import { describe, expect, it } from 'vitest';
import { arrivalTimes, LatencyHistogram, type Arrivals } from '../../src/device/index.js';
import { ticks } from '../../src/device/fleet/report/scale.js';
import { Slots } from '../../src/device/fleet/slots.js';
import { Timeline } from '../../src/device/fleet/timeline.js';

const times = (arrivals: Arrivals, total: number): number[] => [...arrivalTimes(arrivals, total)];
const hour = 3_600_000;

describe('arrivals', () => {
  it('at a rate are evenly spaced', () => {
    expect(times({ kind: 'rate', perSecond: 4 }, 4)).toEqual([0, 250, 500, 750]);
  });

  it('at one time of day lie around their middle, half of them within 1.1 spreads', () => {
    const all = times({ kind: 'allAt', time: 9 * 3600, spreadSeconds: 60, timeLapse: 1 }, 1000);
    expect(all[0]).toBe(0);
    expect(all).toEqual(all.toSorted((one, other) => one - other));
    const middle = (all[499]! + all[500]!) / 2;
    const near = all.filter((at) => Math.abs(at - middle) <= 66_000).length;
    expect(near).toBeGreaterThan(490);
    expect(near).toBeLessThan(510);
  });

  it('over a week come by day, and less at the weekend', () => {
    const all = times({ kind: 'oobe', days: 7, timeLapse: 1 }, 7000);
    expect(all).toEqual(all.toSorted((one, other) => one - other));
    expect(all.at(-1)).toBeLessThan(7 * 24 * hour);
    const byDay = Array.from(
      { length: 7 },
      (_, day) => all.filter((at) => Math.floor(at / (24 * hour)) === day).length,
    );
    expect(byDay[5]).toBeLessThan(byDay[4]! / 2);
    const atNight = all.filter((at) => (at / hour) % 24 < 6).length;
    expect(atNight).toBeLessThan(all.length / 20);
  });

  it('run faster by the time-lapse factor', () => {
    const arrivals = { kind: 'oobe', days: 7 } as const;
    const real = times({ ...arrivals, timeLapse: 1 }, 10);
    expect(times({ ...arrivals, timeLapse: 100 }, 10)).toEqual(real.map((at) => at / 100));
  });
});

describe('the latency histogram', () => {
  it.each([1, 1000, 10_000])('has percentiles within 2 %% of values up to 10,000 times %d', (scale) => {
    const histogram = new LatencyHistogram();
    for (let value = 1; value <= 10_000; value++) histogram.add(value * scale);
    for (const share of [0.5, 0.9, 0.99]) {
      const wanted = share * 10_000 * scale;
      expect(Math.abs(histogram.percentile(share) - wanted) / wanted).toBeLessThan(0.021);
    }
    expect(histogram.summary()).toMatchObject({ count: 10_000, mean: 5000.5 * scale, max: 10_000 * scale });
  });

  it('takes values of any size, and none at all', () => {
    const histogram = new LatencyHistogram();
    expect(histogram.summary()).toMatchObject({ count: 0, p50: 0, mean: 0, max: 0 });
    histogram.add(0);
    histogram.add(1e9);
    expect(histogram.summary()).toMatchObject({ count: 2, max: 1e9 });
  });
});

describe('the timeline', () => {
  it('never has more than 120 intervals, and loses no device', () => {
    const timeline = new Timeline();
    for (let at = 0; at < 10 * hour; at += hour / 100) {
      timeline.started(at);
      timeline.ended(at + 10, at % 2 === 0, 10);
    }
    const { bins, binSeconds } = timeline.summary();
    expect(bins.length).toBeLessThanOrEqual(120);
    expect(binSeconds * 120).toBeGreaterThanOrEqual(10 * 3600);
    const sum = (count: (bin: (typeof bins)[number]) => number): number =>
      bins.reduce((all, bin) => all + count(bin), 0);
    expect(sum(({ started }) => started)).toBe(1000);
    expect(sum(({ expected, unexpected }) => expected + unexpected)).toBe(1000);
    expect(bins.at(-1)!.inFlight).toBe(0);
  });
});

describe('slots', () => {
  it('wake those who wait, and those who are stopped', async () => {
    const slots = new Slots(1);
    const stop = new AbortController();
    expect(await slots.take()).toBe(true);
    const waiting = slots.take();
    slots.release();
    expect(await waiting).toBe(true);
    const stopped = slots.take(stop.signal);
    stop.abort();
    expect(await stopped).toBe(false);
    slots.release();
    await slots.empty();
  });
});

it.each([
  [0, [0, 1]],
  [7, [0, 2, 4, 6, 8]],
  [1000, [0, 200, 400, 600, 800, 1000]],
])('the axis up to %d has round values', (highest, values) => {
  expect(ticks(highest)).toEqual(values);
});
