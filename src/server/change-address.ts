import { hostOf } from '../base/address.js';
import type { DeviceAddress } from '../base/device-address.js';
import type { ChangeProblem } from '../api/index.js';
import { covers, type Pki } from '../pki/index.js';
import type { Config } from './config.js';
import { settings } from './settings.js';

/** The server's own {@link DeviceAddress}. Other modules read it; only this module changes it. */
export type WritableDeviceAddress = { -readonly [Member in keyof DeviceAddress]: DeviceAddress[Member] };

/**
 * Changes the SM-DP+ address if devices can use the new address.
 *
 * @returns why devices could not use the new address; `undefined` if the address was changed
 */
export function changeAddress(
  smdp: WritableDeviceAddress,
  address: string,
  { tls, dsAddress }: Pick<Config, 'tls' | 'dsAddress'>,
  pki: Pki,
): ChangeProblem | undefined {
  const host = hostOf(address);
  if (tls === 'on' && !covers(pki.tls.certificate, host))
    return {
      message: `the TLS certificate is not for '${host}'`,
      remedy: `start the server with ${settings.address.variable}=${host}; you can set the port later`,
    };
  if (dsAddress !== undefined && hostOf(dsAddress) === host)
    return { message: `'${host}' is the SM-DS`, remedy: 'give another host name' };
  smdp.address = address;
  return undefined;
}
