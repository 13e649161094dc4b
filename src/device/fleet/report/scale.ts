/** The smallest of the numbers 1, 2, 5, 10, 20, 50 … that is at least `value`. */
export function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= value)!;
}

/** Round values for about `count` grid lines, from 0 to the first value at or above `largest`. */
export function ticks(largest: number, count = 5): number[] {
  const step = niceAbove(largest / count);
  const steps = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** A short number: 1,200 as `1.2k`. */
export function short(value: number): string {
  if (value >= 1_000_000) return `${trimmed(value / 1_000_000)}M`;
  if (value >= 10_000) return `${trimmed(value / 1000)}k`;
  return trimmed(value);
}

const trimmed = (value: number): string => String(Math.round(value * 100) / 100);
