import type { ClockView, Duration } from '../api/index.js';
import type { Clock } from '../base/clock.js';
import type { CallApi } from './call.js';

/**
 * The server's clock. The clock decides when certificates, orders and sessions expire. The clock affects neither the retries of calls to
 * operators nor the delays of fault rules. The answer to each change has the warnings for the new time.
 */
export interface ClockCalls extends Clock {
  /** Shows the time, whether the clock is frozen, and how far it is ahead of the machine's clock. */
  show(): Promise<ClockView>;
  /** Sets the time. @throws ControlError 400 for a time outside the years 1970 to 9999 */
  set(to: Date | string): Promise<ClockView>;
  /**
   * Moves the clock by a duration, which may be negative. @throws ControlError 400 if the new time is outside the years
   * 1970 to 9999
   */
  advance(by: Duration): Promise<ClockView>;
  freeze(): Promise<ClockView>;
  /** Lets a frozen clock run on from its time. */
  unfreeze(): Promise<ClockView>;
  /** Returns to the machine's clock. */
  reset(): Promise<ClockView>;
}

export function clockBy(call: CallApi, clock: Clock): ClockCalls {
  const change = (body: object): Promise<ClockView> => call('PUT', '/clock', { body });
  return {
    now: () => clock.now(),
    show: () => call('GET', '/clock'),
    set: (to) => change({ now: typeof to === 'string' ? to : to.toISOString() }),
    advance: (by) => change({ advance: by }),
    freeze: () => change({ frozen: true }),
    unfreeze: () => change({ frozen: false }),
    reset: () => call('DELETE', '/clock'),
  };
}
