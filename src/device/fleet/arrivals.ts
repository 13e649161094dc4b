/** When the devices of a fleet begin. */
export type Arrivals =
  /** At a constant rate. */
  | { readonly kind: 'rate'; readonly perSecond: number }
  /** As fast as `maxInFlight` allows: a waiting device begins as soon as another device has ended. */
  | { readonly kind: 'asap' }
  /** Around one time of day. Half of the devices begin within 1.1 times `spreadSeconds` before or after that time. */
  | {
      readonly kind: 'allAt';
      /** Seconds since midnight. */
      readonly time: number;
      readonly spreadSeconds: number;
      /** How many times faster than real time. */
      readonly timeLapse: number;
    }
  /**
   * When people unpack their devices. The first day is a Monday. People unpack most devices in office hours and in the
   * evening, and fewer at the weekend.
   */
  | { readonly kind: 'oobe'; readonly days: number; readonly timeLapse: number };

/**
 * The times at which the devices begin, in ascending order, in milliseconds after the start of the fleet. The times
 * depend only on `arrivals` and `total`.
 */
export function* arrivalTimes(arrivals: Arrivals, total: number): Generator<number, void> {
  for (let index = 0; index < total; index++) yield arrivalAt(arrivals, index, total);
}

function arrivalAt(arrivals: Arrivals, index: number, total: number): number {
  switch (arrivals.kind) {
    case 'asap':
      return 0;
    case 'rate':
      return (index * 1000) / arrivals.perSecond;
    case 'allAt': {
      const { spreadSeconds, timeLapse } = arrivals;
      const seconds = spreadSeconds * (logistic(share(index, total)) - logistic(share(0, total)));
      return (seconds * 1000) / timeLapse;
    }
    case 'oobe':
      return (timeInWeek(share(index, total), arrivals.days) * 3_600_000) / arrivals.timeLapse;
  }
}

const share = (index: number, total: number): number => (index + 0.5) / total;

/** Quantile of the logistic distribution. */
const logistic = (share: number): number => Math.log(share / (1 - share));

/**
 * The time of day at which the fleet starts, in seconds since midnight. `undefined` if the pattern has no time of day.
 */
export function startOfDay(arrivals: Arrivals, total: number): number | undefined {
  if (arrivals.kind === 'allAt') return arrivals.time + arrivals.spreadSeconds * logistic(share(0, total));
  return arrivals.kind === 'oobe' ? 0 : undefined;
}

/** Relative number of devices that are unpacked in each hour of a working day. */
const weights = [
  1, 1, 0, 0, 0, 1, 2, 5, 12, 18, 20, 16, 10, 14, 16, 14, 12, 10, 12, 14, 12, 8, 4, 2,
] as const;
const weekendShare = 0.35;

/** The time, in hours since the first midnight, by which this share of the devices has begun. */
function timeInWeek(share: number, days: number): number {
  const hours = Array.from({ length: Math.ceil(days * 24) }, (_, hour) => {
    const isWeekend = Math.floor(hour / 24) % 7 >= 5;
    return weights[hour % 24]! * (isWeekend ? weekendShare : 1);
  });
  let left = share * hours.reduce((sum, weight) => sum + weight, 0);
  for (const [hour, weight] of hours.entries()) {
    if (left <= weight && weight > 0) return hour + left / weight;
    left -= weight;
  }
  return hours.length;
}
