import { baseUrl } from '../base/base-url.js';
import { namespaceHeader } from '../base/namespace.js';
import { SettableClock } from '../base/settable-clock.js';
import type { AddressDetails, ClockView } from '../api/index.js';
import { isLoopback, type ControlAnswer, type ControlCall, type ControlCalls } from '../server/index.js';
import { callsOf, type CallApi } from './call.js';
import { ConnectionError, unanswered, wrongListener } from './connection-error.js';
import { serverBy } from './server.js';
import type { HttpCalls } from './http-calls.js';

/** How long somebody who has accepted the connection may take for the first answer, in milliseconds. */
const patience = 10_000;

/** What a client has to know of a server before it is asked, and what it learns anew when it has changed it. */
export class RemoteServer {
  /** Shows the server's idea of now. */
  readonly clock = new SettableClock();
  /** The calls, after which what they have changed is known. */
  readonly control: ControlCalls;
  readonly #call: CallApi;
  #details: AddressDetails;

  /** @throws ConnectionError where there is no mock-smdp, or it does not let us in */
  static async at(http: HttpCalls, url: URL): Promise<RemoteServer> {
    const base = baseUrl(url);
    const tooLate = (): void =>
      http.close(unanswered(base, new Error(`nothing within ${patience / 1000} s`)));
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
   * The device-facing listener, where it can be reached as the server itself has opened it: both are on this machine, so that no
   * port is mapped in between.
   */
  listenerFor({ hostname }: URL): URL | undefined {
    const { deviceUrl } = this.#details;
    if (deviceUrl === null || !isLoopback(hostname)) return undefined;
    const listener = new URL(deviceUrl);
    return isLoopback(listener.hostname) ? listener : undefined;
  }

  /** Where devices get to that know nothing but the address. */
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

/** @throws ConnectionError where it is no answer of an operator-facing listener */
function greetingIn({ status, body }: ControlAnswer, origin: string): AddressDetails {
  if (status === 200) return JSON.parse(body) as AddressDetails;
  if (status === 404) throw wrongListener(origin);
  throw new ConnectionError(`${origin} does not serve this client, with HTTP status ${status}: ${body}`, {
    kind: 'refused',
    body,
  });
}

/** Whether a call may change what this client has to know. */
const changesServer = ({ method, path, headers }: ControlCall): boolean =>
  method !== 'GET' && /^\/(address|clock|reset)\b/.test(path) && headers?.[namespaceHeader] === undefined;
