import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { checkCardProperties } from '../card/index.js';
import { createVirtualDevice } from '../virtual-device.js';
import { arrivalTimes, startOfDay, type Arrivals } from './arrivals.js';
import { DeviceLife, type Habits } from './device-life.js';
import { EuiccFactory } from './euicc-factory.js';
import { LossyLink } from './lossy-link.js';
import type { FleetDevice, FleetOptions } from './options.js';
import { Slots } from './slots.js';
import type { DeviceEnd } from './states.js';
import { Tally, type FleetResult } from './tally.js';

/** EID of a test eUICC. The fleet first makes this eUICC, to check that the PKI folder has the keys for it. */
const anyEid = '0'.repeat(32);

const defaults = { maxInFlight: 200, retries: 3, backoffMs: 1000 };

/**
 * Lets many devices download from an SM-DP+. Each device gets a new eUICC with its own certificate, downloads its
 * profile, and ends in one of `fleetStates`. The memory needed does not depend on the number of devices, because only
 * running devices are kept.
 *
 * @returns the counts. Errors of devices are counted, not thrown
 * @throws RangeError if an option is wrong
 * @throws MaterialError if the PKI folder lacks the keys to make eUICCs
 * @throws CardPropertiesError if `card` is wrong
 * @example
 *     const result = await runFleet({
 *       devices: eids.map((eid) => ({ eid })),
 *       material: 'certs',
 *       smdpAddress: 'localhost:8443',
 *       server: { ca: readFileSync('certs/CERT_CI_ECDSA_NIST.der') },
 *       arrivals: { kind: 'rate', perSecond: 50 },
 *     });
 *     console.log(result.states.installed, result.latencies.getBoundProfilePackage.p95);
 */
export async function runFleet(options: FleetOptions): Promise<FleetResult> {
  const { arrivals = { kind: 'asap' }, expect = 'installed', total, signal } = options;
  checkOptions(options, arrivals);
  // Removes the limit on listeners, because every running device listens to the signal.
  if (signal) setMaxListeners(0, signal);
  const tally = new Tally(expect, total);
  const slots = new Slots(options.maxInFlight ?? defaults.maxInFlight);
  const fleet = new Fleet(options, tally);
  const times = arrivalTimes(arrivals, total ?? Infinity);
  let begun = 0;
  for await (const device of options.devices) {
    const due = times.next();
    if (due.done || signal?.aborted) break;
    if (!(await fleet.waitUntil(due.value)) || !(await slots.take(signal))) break;
    begun++;
    tally.started(arrivals.kind === 'asap' ? 0 : Math.max(0, tally.elapsed - due.value));
    options.onProgress?.(tally.progress);
    void fleet.live(device).finally(() => {
      slots.release();
      options.onProgress?.(tally.progress);
    });
  }
  await slots.empty();
  const isStopped = signal?.aborted === true;
  if (isStopped && total !== undefined) tally.notStarted(total - begun);
  return tally.result(isStopped, clockOf(arrivals, total));
}

/** One run of a fleet. */
class Fleet {
  readonly #factory: EuiccFactory;
  readonly #habits: Habits;
  readonly #loss: { packetLoss: number; random: () => number; signal: AbortSignal | undefined };

  constructor(
    private readonly options: FleetOptions,
    private readonly tally: Tally,
  ) {
    const { smdpAddress, smdsAddresses, thinkMs, enable, signal, random = Math.random } = options;
    const { retries = defaults.retries, backoffMs = defaults.backoffMs, packetLoss = 0 } = options;
    this.#factory = new EuiccFactory(options.material, checkCardProperties(options.card ?? {}, 'card'));
    this.#factory.make(anyEid);
    this.#loss = { packetLoss, random, signal };
    const retried = (): void => tally.retried();
    this.#habits = {
      ...{ smdpAddress, smdsAddresses, thinkMs, enable, signal, retries, backoffMs, random, retried },
    };
  }

  /** Waits until a time after the start. Returns whether the fleet still runs. */
  async waitUntil(due: number): Promise<boolean> {
    const { signal } = this.options;
    try {
      const left = due - this.tally.elapsed;
      if (left > 0) await pause(left, undefined, { signal });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
    return signal?.aborted !== true;
  }

  /** Runs a device, and counts its end. */
  async live(device: FleetDevice): Promise<void> {
    const begun = performance.now();
    const end = await this.#endOf(device);
    this.tally.ended(device, end, performance.now() - begun);
  }

  async #endOf(device: FleetDevice): Promise<DeviceEnd> {
    const { card, server, es9plus, signal } = this.options;
    try {
      const virtual = createVirtualDevice({
        material: this.#factory.make(device.eid),
        card: { ...card, eid: undefined },
        ...{ server, es9plus },
        link: (link) => new LossyLink(link, this.#loss, this.tally),
      });
      try {
        return await new DeviceLife(virtual, device, this.#habits).run();
      } finally {
        virtual.close();
      }
    } catch (error) {
      if (signal?.aborted) return { state: 'interrupted' };
      const { name, message } = error as Error;
      return { state: 'deviceError', code: name, message };
    }
  }
}

/** @throws RangeError */
function checkOptions({ total, packetLoss = 0, maxInFlight = 1 }: FleetOptions, arrivals: Arrivals): void {
  if (!(packetLoss >= 0 && packetLoss <= 1)) throw new RangeError('packetLoss must be between 0 and 1');
  if (!(maxInFlight >= 1)) throw new RangeError('maxInFlight must be at least 1');
  if (total === undefined && (arrivals.kind === 'allAt' || arrivals.kind === 'oobe'))
    throw new RangeError(`total is missing; with arrivals '${arrivals.kind}', give the number of devices`);
  if (arrivals.kind === 'rate' && !(arrivals.perSecond > 0))
    throw new RangeError('perSecond must be more than 0');
}

function clockOf(arrivals: Arrivals, total = 1): FleetResult['clock'] {
  const start = startOfDay(arrivals, total);
  return start !== undefined && 'timeLapse' in arrivals ? { start, timeLapse: arrivals.timeLapse } : null;
}
