import { ProfileDataError } from '../../errors.js';
import type { NetworkSubscriber } from '../network.js';
import { free5gc } from './free5gc.js';
import { hlr } from './hlr.js';
import { open5gs, open5gsDbctl } from './open5gs.js';
import type { ExportOptions, Network } from './options.js';
import { isForSrsran, srsran } from './srsran.js';

export { networks, type ExportOptions, type Network } from './options.js';

/**
 * Writes subscribers for a core network.
 *
 * @throws ProfileDataError if the transport key for an HLR is missing
 */
export function subscribersFor(
  network: Network,
  subscribers: readonly NetworkSubscriber[],
  options: ExportOptions,
): string {
  switch (network) {
    case 'open5gs':
      return open5gs(subscribers, options);
    case 'open5gs-dbctl':
      return open5gsDbctl(subscribers, options);
    case 'srsran':
      return srsran(subscribers);
    case 'free5gc':
      return free5gc(subscribers, options);
    case 'hlr':
      if (options.transportKey) return hlr(subscribers, options.transportKey);
      throw new ProfileDataError(
        'transportKey',
        'is missing: give the AES key under which K and OPc are encrypted, 32 or 64 hex digits',
      );
  }
}

/**
 * Whether a network's software supports the algorithm of a subscriber. {@link subscribersFor} leaves out a subscriber
 * whose algorithm is not supported.
 */
export const isSupportedBy = (network: Network, subscriber: NetworkSubscriber): boolean =>
  network !== 'srsran' || isForSrsran(subscriber);

/**
 * The subscribers without repetitions. Several profiles may have the same IMSI and keys, but a core network has one entry for each
 * IMSI. A list for an HLR keeps all profiles, because the list names the ICCID of each card.
 */
export function entriesFor<T extends { readonly network: NetworkSubscriber }>(
  network: Network,
  subscribers: readonly T[],
): readonly T[] {
  if (network === 'hlr') return subscribers;
  const seen = new Set<string>();
  return subscribers.filter(({ network: { imsi, k, opc, amf, sqn } }) => {
    const entry = [imsi, k, opc, amf, sqn].join(' ');
    const isNew = !seen.has(entry);
    seen.add(entry);
    return isNew;
  });
}
