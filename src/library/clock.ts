import type { ClockView, Duration } from '../api/index.js';
import type { Clock } from '../base/clock.js';
import type { CallApi } from './call.js';

/**
 * The server's idea of now: certificate validity, orders and sessions expire by it. Calls to operators, and delays of fault
 * rules, do not wait by it. What changes it answers with the warnings that are due at the new time.
 */
export interface ClockCalls extends Clock {
  /** Whether it is frozen, and how far it is ahead of the machine's. */
  show(): Promise<ClockView>;
  /** @throws ControlError 400 outside of 1970 to 9999 */
  set(to: Date | string): Promise<ClockView>;
  /** @throws ControlError 400 outside of 1970 to 9999 */
  advance(by: Duration): Promise<ClockView>;
  freeze(): Promise<ClockView>;
  /** Goes on from where it stood. */
  unfreeze(): Promise<ClockView>;
  /** Back to the machine's clock. */
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
