import { setTimeout as pause } from 'node:timers/promises';
import { LpaError, type DownloadOptions, type DownloadResult } from '../lpa/index.js';
import type { VirtualDevice } from '../virtual-device.js';
import { endOf, isTransient } from './end-of.js';
import type { FleetDevice, FleetOptions } from './options.js';
import type { DeviceEnd } from './states.js';

/** The settings that all devices of a fleet share. */
export interface Habits extends Pick<
  FleetOptions,
  'smdpAddress' | 'smdsAddresses' | 'thinkMs' | 'enable' | 'signal'
> {
  readonly retries: number;
  readonly backoffMs: number;
  readonly random: () => number;
  readonly retried: () => void;
}

/**
 * The outcome of one attempt. `end`: the device ends. `again`: the device tries again; if no retry is left, it ends
 * this way.
 */
type Attempt = { readonly end: DeviceEnd } | { readonly again: DeviceEnd };

/** How many times the pause before a retry doubles. After that, the pause stays the same. */
const mostDoublings = 5;

/** Runs one device. The device downloads its profile, and tries again after failures of the network. */
export class DeviceLife {
  constructor(
    private readonly device: VirtualDevice,
    private readonly plan: FleetDevice,
    private readonly habits: Habits,
  ) {}

  /** @throws the signal's reason, if the fleet is stopped */
  async run(): Promise<DeviceEnd> {
    const end = await this.#untilDone(() => this.#download());
    const installed = end.state === 'installed' ? this.device.profiles().at(-1) : undefined;
    if (installed && this.habits.enable) this.device.enable(installed.iccid);
    const undelivered = await this.#report();
    return end.state === 'installed' && undelivered ? { ...undelivered, state: 'installedNotReported' } : end;
  }

  /** Delivers all notifications. @returns why a notification was not delivered; `undefined` if all were */
  async #report(): Promise<DeviceEnd | undefined> {
    if (this.device.notifications().length === 0) return undefined;
    if (this.device.card.holdNotifications) return { state: 'installedNotReported', code: 'held' };
    const end = await this.#untilDone(async (): Promise<Attempt> => {
      const failed = (await this.device.sendNotifications()).find(({ error }) => error);
      if (!failed?.error) return { end: { state: 'installed' } };
      const failure = endOf(failed.error, false);
      return isTransient(failed.error) ? { again: failure } : { end: failure };
    });
    return end.state === 'installed' ? undefined : end;
  }

  async #untilDone(attempt: () => Promise<Attempt>): Promise<DeviceEnd> {
    const { retries, backoffMs, random, retried, signal } = this.habits;
    for (let count = 0; ; count++) {
      const outcome = await attempt();
      signal?.throwIfAborted();
      if ('end' in outcome) return outcome.end;
      if (count >= retries) return outcome.again;
      retried();
      await pause(backoffMs * 2 ** Math.min(count, mostDoublings) * (0.5 + random()), undefined, { signal });
    }
  }

  async #download(): Promise<Attempt> {
    try {
      return this.#isDiscovery
        ? await this.#discover()
        : outcomeOf(await this.device.download(this.#order()));
    } catch (error) {
      if (!(error instanceof LpaError)) throw error;
      return failureOf(error, this.#isByEid);
    }
  }

  get #isDiscovery(): boolean {
    return this.plan.activationCode === undefined && this.habits.smdsAddresses !== undefined;
  }

  get #isByEid(): boolean {
    return this.plan.activationCode === undefined && !this.plan.matchingId;
  }

  async #discover(): Promise<Attempt> {
    const { smdpAddress = null, smdsAddresses = [] } = this.habits;
    const findings = await this.device.discover({ smdpAddress, smdsAddresses, ...this.#user() });
    const outcomes = findings.map(({ result, error }) =>
      error ? failureOf(error, true) : outcomeOf(result!),
    );
    const again = outcomes.find((outcome) => 'again' in outcome);
    const failed = outcomes.find((outcome) => 'end' in outcome && outcome.end.state !== 'installed');
    if (again ?? failed) return (again ?? failed)!;
    return { end: { state: this.device.profiles().length > 0 ? 'installed' : 'nothingPending' } };
  }

  #order(): DownloadOptions {
    const { activationCode, matchingId } = this.plan;
    if (activationCode !== undefined) return { activationCode, ...this.#user() };
    return { smdpAddress: this.habits.smdpAddress, matchingId, ...this.#user() };
  }

  #user(): Pick<DownloadOptions, 'confirmationCode' | 'imei' | 'consent'> {
    const { confirmationCode, imei } = this.plan;
    const { thinkMs, random, signal } = this.habits;
    if (!thinkMs) return { confirmationCode, imei };
    const [least, most] = thinkMs;
    const consent = async (): Promise<'agree'> => {
      await pause(least + random() * (most - least), undefined, { signal });
      return 'agree';
    };
    return { confirmationCode, imei, consent };
  }
}

function failureOf(error: LpaError, byEid: boolean): Attempt {
  const failure = endOf(error, byEid);
  return isTransient(error) ? { again: failure } : { end: failure };
}

function outcomeOf(result: DownloadResult): Attempt {
  switch (result.outcome) {
    case 'installed':
      return { end: { state: 'installed' } };
    case 'cancelled':
      return { end: { state: 'cancelled', step: 'authenticateClient', code: result.reason } };
    case 'stopped':
      return { again: { state: 'powerLost', step: result.after } };
  }
}
