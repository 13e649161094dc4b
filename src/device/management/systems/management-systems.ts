import type { Clock } from '../../../base/clock.js';
import type { Random } from '../../../base/random.js';
import type { DevicePark, ParkedDevice } from '../../park/index.js';
import { appleDeviceOf } from '../apple/index.js';
import { ManagementSystem, type ManagedEndpoint } from '../policy/index.js';
import { WindowsPc } from '../windows/index.js';
import { managedParkedDevice } from './managed-parked-device.js';

/** Options of {@link ManagementSystems}. */
export interface ManagementSystemsOptions {
  readonly park: DevicePark;
  readonly clock: Clock;
  readonly random: Random;
}

/** Puts the devices of a park under management. Each namespace has its own management system. */
export class ManagementSystems {
  readonly #options: ManagementSystemsOptions;
  readonly #pcs = new Map<ParkedDevice, WindowsPc>();
  readonly #systems = new Map<string, ManagementSystem>();
  /**
   * The devices that each management system knows, by name. If another device gets the name of a removed device, the
   * management system treats this device as new.
   */
  readonly #known = new WeakMap<ManagementSystem, Map<string, ParkedDevice>>();

  constructor(options: ManagementSystemsOptions) {
    this.#options = options;
  }

  /** The management system of a namespace. Do not keep it across other work: {@link clear} replaces it. */
  system(namespace = ''): ManagementSystem {
    const { clock, random } = this.#options;
    const found = this.#systems.get(namespace);
    if (found) return found;
    const system: ManagementSystem = new ManagementSystem({
      ...{ clock, random },
      device: (name) => this.#endpoint(system, name, namespace === '' ? undefined : namespace),
    });
    this.#systems.set(namespace, system);
    return system;
  }

  /** The namespaces whose management system was used. An empty name stands for no namespace. */
  namespaces(): readonly string[] {
    return [...this.#systems.keys()];
  }

  /** The device as a Windows PC. Devices without a platform count as PCs too. `undefined` for all other platforms. */
  pc(parked: ParkedDevice): WindowsPc | undefined {
    if (parked.platform !== 'windows' && parked.platform !== 'plain') return undefined;
    this.#dropRemoved();
    const { park } = this.#options;
    const isThere = (): boolean => park.find(parked.name) === parked;
    const pc =
      this.#pcs.get(parked) ??
      new WindowsPc({ name: parked.name, device: managedParkedDevice(parked, isThere) });
    this.#pcs.set(parked, pc);
    return pc;
  }

  /** Forgets policies, groups and records. @param namespace limits the call to this namespace */
  clear(namespace?: string): void {
    this.#dropRemoved();
    for (const [name, system] of this.#systems) {
      if (namespace !== undefined && name !== namespace) continue;
      system.clear();
      this.#systems.delete(name);
    }
  }

  #dropRemoved(): void {
    for (const [parked, pc] of this.#pcs) {
      if (this.#options.park.find(parked.name) === parked) continue;
      pc.stop();
      this.#pcs.delete(parked);
    }
  }

  #endpoint(
    system: ManagementSystem,
    name: string,
    namespace: string | undefined,
  ): ManagedEndpoint | undefined {
    const parked = this.#options.park.find(name, namespace);
    if (!parked) return undefined;
    const known = this.#known.get(system) ?? new Map<string, ParkedDevice>();
    this.#known.set(system, known);
    const before = known.get(name);
    if (before && before !== parked) system.removeRecord(name);
    known.set(name, parked);
    if (parked.platform === 'apple') return { apple: appleDeviceOf(parked) };
    return { windows: this.pc(parked) };
  }
}
