import type { VirtualEuicc } from '../euicc/index.js';
import type { DiscoverOptions, DiscoveryResult } from './discover-options.js';
import type { DownloadResult } from './download-options.js';
import { visit, type EventList } from './download.js';
import { LpaError, ServerRefusal } from './errors.js';
import type { Es9PlusClient } from './es9plus-client.js';

/** The longest chain of servers: root SM-DS, alternative SM-DS, SM-DP+. */
const mostHops = 3;
/** Maximum number of requests to one server. An eUICC has space for fewer profiles. */
const mostRounds = 100;

/** The status codes with which servers say that they have nothing for this EID. */
const nothingPending: ReadonlySet<string> = new Set(['8.1.1/3.8', '8.2.6/3.8']);

/**
 * Discovers profiles, as an LPA does at power-up (SGP.22 3.6). Asks the default SM-DP+, then the SM-DSs, and downloads profiles until no
 * server has another profile for the eUICC. If a download fails, its result has an `error`, and the discovery continues.
 *
 * @param connectTo returns the ES9+ or ES11 client for a server address
 */
export async function discover(
  euicc: VirtualEuicc,
  connectTo: (address: string) => Es9PlusClient,
  options: DiscoverOptions = {},
): Promise<readonly DiscoveryResult[]> {
  const { defaultSmdpAddress, rootSmdsAddresses } = euicc.getEuiccConfiguredAddresses();
  const { smdpAddress = defaultSmdpAddress, smdsAddresses = rootSmdsAddresses } = options;
  const discovery = new Discovery(euicc, connectTo, options);
  if (smdpAddress !== undefined && smdpAddress !== null) await discovery.askDefault(smdpAddress);
  for (const address of smdsAddresses) await discovery.askSmds(address);
  return discovery.findings;
}

/** One run of `discover`. */
class Discovery {
  readonly findings: DiscoveryResult[] = [];
  /** The events that were already followed. An SM-DS may still name an event after its profile was installed. */
  readonly #followed = new Set<string>();

  constructor(
    private readonly euicc: VirtualEuicc,
    private readonly connectTo: (address: string) => Es9PlusClient,
    private readonly options: DiscoverOptions,
  ) {}

  /** Downloads all profiles from the default SM-DP+. In each session, the server offers one profile, the oldest order first. */
  async askDefault(address: string): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      const answer = await this.#ask(address);
      if (answer?.outcome === 'events') return this.#follow(answer, mostHops);
      if (answer?.outcome !== 'installed') return;
    }
  }

  async askSmds(address: string): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      const before = this.#followed.size;
      const answer = await this.#ask(address);
      if (answer?.outcome === 'events') await this.#follow(answer, mostHops);
      if (this.#followed.size === before) return;
    }
  }

  async #follow({ eventEntries }: EventList, hops: number): Promise<void> {
    if (hops === 0) return;
    for (const { rspServerAddress, eventId } of eventEntries) {
      const name = `${rspServerAddress.toLowerCase()} ${eventId}`;
      if (this.#followed.has(name)) continue;
      this.#followed.add(name);
      const answer = await this.#ask(rspServerAddress, eventId);
      if (answer?.outcome === 'events') await this.#follow(answer, hops - 1);
    }
  }

  /** @returns the download or the events; `undefined` if the server has nothing, or the request failed */
  async #ask(address: string, matchingId?: string): Promise<DownloadResult | EventList | undefined> {
    this.options.onServer?.(address, matchingId);
    try {
      const result = await visit(this.euicc, this.connectTo, {
        ...this.options,
        smdpAddress: address,
        matchingId,
      });
      if (result.outcome !== 'events') this.findings.push({ address, matchingId, result });
      return result;
    } catch (error) {
      if (!(error instanceof LpaError)) throw error;
      const isIdle = error instanceof ServerRefusal && nothingPending.has(error.status);
      if (matchingId !== undefined || !isIdle) this.findings.push({ address, matchingId, error });
      return undefined;
    }
  }
}
