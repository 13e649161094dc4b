import { hostOf } from '../base/address.js';
import type { ChangeProblem } from '../api/index.js';
import { covers, type Pki } from '../pki/index.js';
import type { Config } from './config.js';
import { settings } from './settings.js';

/** Where devices find the SM-DP+. */
export interface DeviceAddress {
  /** `host` or `host:port`. */
  address: string;
  /** Base URL of the device-facing listener, once it is open. */
  deviceUrl?: string;
}

/** Changes the address, unless devices that go there would be turned away. @returns why they would be */
export function changeAddress(
  place: DeviceAddress,
  address: string,
  { tls, dsAddress }: Pick<Config, 'tls' | 'dsAddress'>,
  pki: Pki,
): ChangeProblem | undefined {
  const host = hostOf(address);
  if (tls === 'on' && !covers(pki.tls.certificate, host))
    return {
      message: `the TLS certificate is not for '${host}'`,
      remedy: `start the server with ${settings.address.variable}=${host}; its port can be told when it is known`,
    };
  if (dsAddress !== undefined && hostOf(dsAddress) === host)
    return { message: `'${host}' is the SM-DS`, remedy: 'give another host name' };
  place.address = address;
  return undefined;
}
