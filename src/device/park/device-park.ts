import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { CardProperties } from '../card/index.js';
import type { ConfiguredAddresses, EuiccMaterial } from '../euicc/index.js';
import type { TransportOptions } from '../lpa/index.js';
import { MaterialError } from '../material.js';
import { createVirtualDevice } from '../virtual-device.js';
import { ParkError } from './errors.js';
import type { ParkEvent } from './park-event.js';
import { ParkedDevice } from './parked-device.js';
import type { Platform } from './platform.js';
import { defaultUser, type UserConduct } from './user.js';

/** Options of {@link DevicePark}. */
export interface DeviceParkOptions {
  /**
   * Makes or finds the eUICC of a new device.
   *
   * @param eid 32 digits. `undefined`: any EID for which `isTaken` is false
   * @throws MaterialError if no eUICC can be made
   */
  readonly materialFor: (eid: string | undefined, isTaken: (eid: string) => boolean) => EuiccMaterial;
  /** How a new device connects to servers by default. */
  readonly server?: (() => TransportOptions) | undefined;
  readonly clock: Clock;
  readonly random?: Random | undefined;
  /** Called with each event of a device. */
  readonly tell?: ((event: ParkEvent) => void) | undefined;
  /** Maximum number of devices. Default 1,000. */
  readonly most?: number | undefined;
}

/** Options of a new device. All have defaults. */
export interface DeviceToMake {
  /** Default: the platform with a number, such as `device-1`. */
  readonly name?: string | undefined;
  /** Default: none. */
  readonly namespace?: string | undefined;
  /** Default `plain`. */
  readonly platform?: Platform | undefined;
  /** 32 digits. Default: a new EID. */
  readonly eid?: string | undefined;
  /** The eUICC. Default: the park makes or finds an eUICC. */
  readonly material?: EuiccMaterial | undefined;
  /** Properties of the eUICC and the device, including deliberate failures. */
  readonly card?: CardProperties | undefined;
  readonly user?: Partial<UserConduct> | undefined;
  readonly addresses?: Partial<ConfiguredAddresses> | undefined;
  /** How this device connects to servers. Overrides the park's default. */
  readonly server?: TransportOptions | undefined;
}

const mostDevices = 1000;

/**
 * A named collection of virtual devices in one process. Names and EIDs are unique, even in different
 * namespaces, because calls that name no namespace find all devices. The devices exist only in memory.
 */
export class DevicePark {
  readonly #options: DeviceParkOptions;
  readonly #most: number;
  readonly #devices = new Map<string, ParkedDevice>();
  #lastNumber = 0;

  constructor(options: DeviceParkOptions) {
    this.#options = options;
    this.#most = options.most ?? mostDevices;
  }

  /**
   * Makes a device.
   *
   * @throws ParkError (full, nameTaken, eidTaken, noEuicc)
   * @throws CardPropertiesError if `card` has a wrong property, MaterialError if `card` names a curve on which the
   * eUICC has no certificate or no CI
   */
  make(wanted: DeviceToMake = {}): ParkedDevice {
    const { namespace = '', platform = 'plain', addresses, card } = wanted;
    if (this.#devices.size >= this.#most)
      throw new ParkError({ kind: 'full', most: this.#most }, `there are already ${this.#most} devices`);
    const name = wanted.name ?? this.#newName(platform);
    const namesake = this.#devices.get(name);
    if (namesake)
      throw new ParkError(
        { kind: 'nameTaken', name },
        `there is already a device '${name}'${whereIfElsewhere(namesake, namespace)}`,
      );
    const { server, clock, random, tell } = this.#options;
    const material = wanted.material ?? this.#materialFor(wanted.eid);
    const twin = this.#withEid(material.eid);
    if (twin)
      throw new ParkError(
        { kind: 'eidTaken', eid: material.eid, name: twin.name },
        `device '${twin.name}'${whereIfElsewhere(twin, namespace)} already has the EID ${material.eid}`,
      );
    const device = createVirtualDevice({
      ...{ material, clock, random, card },
      server: { ...server?.(), ...wanted.server },
    });
    if (addresses) device.configure(addresses);
    const user = { ...defaultUser, ...wanted.user };
    const parked = new ParkedDevice({
      ...{ name, namespace, platform, device, user, clock },
      tell: (event) => tell?.(event),
    });
    this.#devices.set(name, parked);
    parked.report('made');
    return parked;
  }

  /** The devices, oldest first. @param namespace lists only devices of this namespace */
  list(namespace?: string): readonly ParkedDevice[] {
    return [...this.#devices.values()].filter((device) => isIn(device, namespace));
  }

  /** @param which the name or the EID of a device @param namespace searches only devices of this namespace */
  find(which: string, namespace?: string): ParkedDevice | undefined {
    const device = this.#devices.get(which) ?? this.#withEid(which);
    return device && isIn(device, namespace) ? device : undefined;
  }

  /** Removes a device. Its running operation fails. */
  remove(device: ParkedDevice): void {
    if (this.#devices.get(device.name) !== device) return;
    this.#devices.delete(device.name);
    device.remove();
  }

  /** Removes all devices. @param namespace removes only devices of this namespace */
  clear(namespace?: string): void {
    for (const device of this.list(namespace)) this.remove(device);
    if (namespace === undefined) this.#lastNumber = 0;
  }

  #materialFor(eid: string | undefined): EuiccMaterial {
    try {
      return this.#options.materialFor(eid, (each) => this.#withEid(each) !== undefined);
    } catch (error) {
      if (!(error instanceof MaterialError)) throw error;
      throw new ParkError({ kind: 'noEuicc' }, error.message);
    }
  }

  #withEid(eid: string): ParkedDevice | undefined {
    return [...this.#devices.values()].find((device) => device.eid === eid);
  }

  #newName(platform: Platform): string {
    for (;;) {
      const name = `${platform === 'plain' ? 'device' : platform}-${++this.#lastNumber}`;
      if (!this.#devices.has(name)) return name;
    }
  }
}

const isIn = (device: ParkedDevice, namespace: string | undefined): boolean =>
  namespace === undefined || device.namespace === namespace;

/** The namespace of a device, for a message to a caller in another namespace. */
export function whereIfElsewhere({ namespace }: ParkedDevice, callers: string): string {
  if (namespace === callers) return '';
  return namespace === '' ? ' outside all namespaces' : ` in the namespace '${namespace}'`;
}
