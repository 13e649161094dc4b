import { baseUrl } from '../base/base-url.js';
import { namespaceHeader } from '../base/namespace.js';
import { SettableClock } from '../base/settable-clock.js';
import type { AddressDetails, ClockView } from '../api/index.js';
import { isLoopback, type ControlAnswer, type ControlCall, type ControlCalls } from '../server/index.js';
import { callsOf, type CallApi } from './call.js';
import { ConnectionError, unanswered, wrongListener } from './connection-error.js';
import { serverBy } from './server.js';
import type { HttpCalls } from './http-calls.js';

/** Milliseconds to wait for the first answer. */
const patience = 10_000;

/**
 * A client's copy of the server's addresses and clock. The client refreshes the copy after each of its calls that
 * changes an address or the clock.
 */
export class RemoteServer {
  /** A copy of the server's clock. */
  readonly clock = new SettableClock();
  /** The calls. Each call that changes addresses or clock refreshes the copy. */
  readonly control: ControlCalls;
  readonly #call: CallApi;
  #details: AddressDetails;

  /** Connects to a server. @throws ConnectionError if no mock-smdp answers, or if the mock-smdp refuses this client */
  static async at(http: HttpCalls, url: URL): Promise<RemoteServer> {
    const base = baseUrl(url);
    const tooLate = (): void =>
      http.close(unanswered(base, new Error(`no answer within ${patience / 1000} s`)));
    const timer = setTimeout(tooLate, patience);
    try {
      const place = new RemoteServer(http, greetingIn(await http.call(whereabouts), base));
      await place.#learn();
      return place;
    } finally {
      clearTimeout(timer);
    }
  }

  private constructor(http: HttpCalls, details: AddressDetails) {
    this.#details = details;
    this.#call = callsOf(http.call);
    this.control = {
      open: http.open,
      call: async (call) => {
        const answer = await http.call(call);
        if (answer.status < 400 && changesServer(call)) await this.#learn();
        return answer;
      },
    };
  }

  get address(): string {
    return this.#details.address;
  }

  get addresses(): readonly (string | undefined)[] {
    return [this.address, this.#details.smdsAddress ?? undefined];
  }

  /**
   * URL of the device-facing listener, if the server also runs on this machine and its port is not mapped. `undefined`
   * otherwise.
   */
  listenerFor({ hostname }: URL): URL | undefined {
    const { deviceUrl } = this.#details;
    if (deviceUrl === null || !isLoopback(hostname)) return undefined;
    const listener = new URL(deviceUrl);
    return isLoopback(listener.hostname) ? listener : undefined;
  }

  /** The SM-DP+ address as the URL to which devices connect. */
  get publicUrl(): URL {
    const protocol = this.#details.deviceUrl?.startsWith('http:') ? 'http' : 'https';
    return new URL(`${protocol}://${this.address}`);
  }

  async #learn(): Promise<void> {
    const [details, clock] = await Promise.all([
      serverBy(this.#call).address(),
      this.#call<ClockView>('GET', '/clock'),
    ]);
    this.#details = details;
    this.#setClock(clock);
  }

  #setClock({ now, frozen, ahead }: ClockView): void {
    this.clock.reset();
    if (frozen) {
      this.clock.freeze();
      this.clock.set(new Date(now));
    } else if (ahead !== 0) this.clock.advance(ahead);
  }
}

const whereabouts = { method: 'GET', path: '/address' } as const;

/** @throws ConnectionError unless an operator-facing listener answered */
function greetingIn({ status, body }: ControlAnswer, origin: string): AddressDetails {
  if (status === 200) return JSON.parse(body) as AddressDetails;
  if (status === 404) throw wrongListener(origin);
  throw new ConnectionError(`${origin} refuses this client with HTTP status ${status}: ${body}`, {
    kind: 'refused',
    body,
  });
}

/** Whether a call may change the addresses or the clock. */
const changesServer = ({ method, path, headers }: ControlCall): boolean =>
  method !== 'GET' && /^\/(address|clock|reset)\b/.test(path) && headers?.[namespaceHeader] === undefined;
