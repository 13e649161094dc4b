import { hostOf, isSameAddress } from '../base/address.js';
import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Es11Context } from '../smds/es11/index.js';
import { smdsClient, type Es12Context } from '../smds/es12/index.js';
import type { Pki } from '../pki/index.js';
import type { SmdsContext } from '../smds/registry/index.js';
import type { Store } from '../store/index.js';
import type { Config } from './config.js';
import { ConfigError, namesOf } from './settings.js';

/** The contexts of ES11 and ES12, the interfaces of the SM-DS. */
export type SmdsRole = Es11Context & Es12Context;

/** How long the root SM-DS may take to answer, in milliseconds. An SM-DP+ is waiting for our answer in the meantime. */
const rootTimeout = 10_000;

/**
 * Checks that SM-DS and SM-DP+ have different host names. The host name in a device's request selects the server and
 * the TLS certificate.
 *
 * @param address address of the SM-DP+
 * @throws ConfigError
 */
export function checkSmdsAddress(
  { dsAddress, dsRoot }: Pick<Config, 'dsAddress' | 'dsRoot'>,
  address: string,
): void {
  const ds = namesOf('dsAddress');
  if (dsAddress === undefined) {
    if (dsRoot !== undefined)
      throw new ConfigError(`${namesOf('dsRoot')} is set, but ${ds} is not: the SM-DS role is off.`);
    return;
  }
  if (hostOf(dsAddress) === hostOf(address))
    throw new ConfigError(
      `${ds} is '${dsAddress}', but must have a different host name from the SM-DP+ (${address}).`,
    );
  if (dsRoot !== undefined && isSameAddress(dsAddress, dsRoot))
    throw new ConfigError(
      `${namesOf('dsRoot')} is '${dsRoot}', which is the address of this SM-DS; name another server as root SM-DS, or leave the setting out.`,
    );
}

export interface SmdsDependencies {
  readonly store: Store;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly random: Random;
}

/** The SM-DS of this process. `undefined` if the configuration gives it no address. */
export function ownSmds(
  { dsAddress, dsRoot }: Pick<Config, 'dsAddress' | 'dsRoot'>,
  { store, pki, clock, random }: SmdsDependencies,
): SmdsContext | undefined {
  if (dsAddress === undefined || pki.smds === undefined) return undefined;
  const { identities, tls } = pki.smds;
  const asClient = { pki, clock, random, credential: tls, timeout: rootTimeout };
  return {
    ...{ store, clock, random },
    address: dsAddress,
    root:
      dsRoot === undefined ? undefined : smdsClient(dsRoot, { ...asClient, requester: identities[0]!.oid }),
  };
}
