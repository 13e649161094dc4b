import type { Clock } from '../base/clock.js';
import {
  createVirtualDevice,
  type EuiccMaterial,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../device/index.js';

/** What a device of {@link Smdp.device} is like; everything has a default. */
export interface DeviceOptions extends Omit<Partial<VirtualDeviceOptions>, 'eid'> {
  /** 32 digits. Default: a new one for each device. */
  readonly eid?: string | undefined;
}

/** How devices get to a server. */
export interface DeviceTarget {
  /** PEM of the CA under which the server's TLS certificate is. */
  readonly ca: string;
  readonly tls: boolean;
  /** Where to connect for one of the server's addresses, `host:port`; `undefined`: at the address itself. */
  readonly listensAt: string | undefined;
  /** The addresses that lead there; they may change. */
  readonly addresses: () => readonly (string | undefined)[];
  readonly clock: Clock;
}

/** Devices that trust one server, and are closed with it. */
export class Devices {
  readonly #place: DeviceTarget;
  readonly #made: VirtualDevice[] = [];

  constructor(place: DeviceTarget) {
    this.#place = place;
  }

  /** @throws MaterialError */
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
