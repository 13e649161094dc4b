import { InvalidArgumentError } from 'commander';
import { number } from '../output.js';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Reads a duration such as `500ms`, `2s`, `1.5m` as milliseconds. @throws InvalidArgumentError */
export function duration(text: string): number {
  const [, value, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (value !== undefined) return Number(value) * units[unit as keyof typeof units];
  throw new InvalidArgumentError('Write a number with ms, s, m or h, for example 2s.');
}

/** Reads a duration or a range such as `1s..5s`. @throws InvalidArgumentError */
export function durationRange(text: string): readonly [number, number] {
  const [least = '', most = least, ...others] = text.split('..');
  const range = [duration(least), duration(most)] as const;
  if (others.length === 0 && range[0] <= range[1]) return range;
  throw new InvalidArgumentError('Write the shorter duration first, for example 1s..5s.');
}

/** Reads a rate such as `200/s`, `30/m` as devices a second. @throws InvalidArgumentError */
export function rate(text: string): number {
  const [, value, unit = 's'] = /^(\d{1,6}(?:\.\d{1,3})?)(?:\/(s|m|h))?$/.exec(text) ?? [];
  const perSecond = (Number(value ?? 0) * 1000) / units[unit as 's' | 'm' | 'h'];
  if (perSecond > 0) return perSecond;
  throw new InvalidArgumentError('Write devices a second, minute or hour, for example 200/s.');
}

/** Reads a percentage such as `10%` as a share. @throws InvalidArgumentError */
export function percentage(text: string): number {
  const [, value] = /^(\d{1,3}(?:\.\d{1,4})?)%$/.exec(text) ?? [];
  if (value !== undefined && Number(value) <= 100) return Number(value) / 100;
  throw new InvalidArgumentError('Write a percentage from 0% to 100%, for example 10%.');
}

/** Reads a time of day such as `09:00` as seconds since midnight. @throws InvalidArgumentError */
export function timeOfDay(text: string): number {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour !== undefined) return Number(hour) * 3600 + Number(minute) * 60;
  throw new InvalidArgumentError('Write a time of day, for example 09:00.');
}

/** Reads a whole number from `least` to `most`. @throws InvalidArgumentError */
export const wholeFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Write a whole number from ${number(least)} to ${number(most)}.`);
  };
