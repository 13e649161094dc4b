import type { Clock } from '../base/clock.js';
import {
  createVirtualDevice,
  loadManufacturer,
  manufactureEuicc,
  type EuiccMaterial,
  type Manufacturer,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../device/index.js';
import { eidWithCheckDigits } from '../rsp/index.js';

/** What a device of {@link MockSmdp.device} is like; everything has a default. */
export interface DeviceOptions extends Partial<VirtualDeviceOptions> {
  /** 32 digits. Default: a new one for each device. */
  readonly eid?: string | undefined;
}

export interface DevicePlace {
  /** PKI folder. */
  readonly certs: () => string;
  /** PEM of the CA under which the server's TLS certificate is. */
  readonly ca: string;
  readonly tls: boolean;
  /** Where the server listens, `host:port`. */
  readonly listensAt: string;
  /** The addresses that lead there; they may change. */
  readonly addresses: () => readonly (string | undefined)[];
  readonly clock: Clock;
}

/** Devices that trust one server, and are closed with it. */
export class Devices {
  readonly #place: DevicePlace;
  readonly #made: VirtualDevice[] = [];
  #manufacturer: Manufacturer | undefined;
  #serial = 0;

  constructor(place: DevicePlace) {
    this.#place = place;
  }

  /** @throws MaterialError where the PKI folder lacks the key of an EUM, or the EID is none */
  create({ eid, material, server, ...options }: DeviceOptions = {}): VirtualDevice {
    const { ca, tls, clock, listensAt, addresses } = this.#place;
    const connect = (address: string): string | undefined =>
      addresses().includes(address) ? listensAt : undefined;
    const device = createVirtualDevice({
      clock,
      ...options,
      material: material ?? this.#material(eid),
      server: { ca, tls, connect, ...server },
    });
    this.#made.push(device);
    return device;
  }

  close(): void {
    for (const device of this.#made.splice(0)) device.close();
  }

  #material(eid: string | undefined): EuiccMaterial {
    this.#manufacturer ??= loadManufacturer(this.#place.certs());
    return manufactureEuicc(this.#manufacturer, eid ?? this.#nextEid());
  }

  #nextEid(): string {
    return eidWithCheckDigits(`8904903200000000000001${String(++this.#serial).padStart(8, '0')}`);
  }
}
