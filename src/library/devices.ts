import type { Clock } from '../base/clock.js';
import {
  createVirtualDevice,
  type EuiccMaterial,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../device/index.js';

/** Options of {@link Smdp.device}. All have defaults. */
export interface DeviceOptions extends Omit<Partial<VirtualDeviceOptions>, 'eid'> {
  /** 32 digits. Default: a new EID for each device. */
  readonly eid?: string | undefined;
}

/** How devices connect to a server. */
export interface DeviceTarget {
  /** The CA of the server's TLS certificate, as PEM. */
  readonly ca: string;
  readonly tls: boolean;
  /**
   * `host:port` to which devices connect instead of the server's own addresses. `undefined`: they connect to the server's own addresses.
   */
  readonly listensAt: string | undefined;
  /** The server's current addresses. */
  readonly addresses: () => readonly (string | undefined)[];
  readonly clock: Clock;
}

/** Makes devices that trust one server. {@link close} closes all of them. */
export class Devices {
  readonly #place: DeviceTarget;
  readonly #made: VirtualDevice[] = [];

  constructor(place: DeviceTarget) {
    this.#place = place;
  }

  /** @throws MaterialError if the material cannot be used */
  create(material: string | EuiccMaterial, { server, ...options }: DeviceOptions): VirtualDevice {
    const { ca, tls, clock, listensAt, addresses } = this.#place;
    const connect = (address: string): string | undefined =>
      addresses().includes(address) ? listensAt : undefined;
    const device = createVirtualDevice({
      clock,
      ...options,
      material,
      server: { ca, tls, connect, ...server },
    });
    this.#made.push(device);
    return device;
  }

  close(): void {
    for (const device of this.#made.splice(0)) device.close();
  }
}
