import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import { randomUUID } from 'node:crypto';
import { isSameAddress } from '../../base/address.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Answer, Exchange, Interceptor, ReceivedRequest } from '../exchanges/index.js';
import { resultOf, success } from '../journal/index.js';
import { factsOfAnswer, factsOfRequest, type ShownFacts } from './facts.js';
import type { ForwardRoute, ForwardRoutes } from './route.js';
import { largestAnswer, longestAnswer, Upstream, UpstreamError, type UpstreamLimits } from './upstream.js';

export interface ForwarderOptions {
  readonly routes: ForwardRoutes;
  /** CA certificates in PEM for routes that name no CA. */
  readonly roots: readonly string[];
  /** Default: one minute and 16 MiB. */
  readonly limits?: UpstreamLimits | undefined;
}

/**
 * Maximum number of sessions, of profiles and of devices to remember. A forgotten session is routed like a new session.
 */
const mostRemembered = 100_000;

/** Who answers a session: a route, or this server itself. */
type Server = ForwardRoute | 'own';

/** Passes requests of devices on to other SM-DP+s, octet for octet. */
export class Forwarder implements Interceptor {
  readonly #options: ForwarderOptions;
  readonly #upstreams = new Map<ForwardRoute, Upstream>();
  readonly #sessions = new LeastRecentlyUsed<Server>(mostRemembered);
  readonly #profiles = new LeastRecentlyUsed<Server>(mostRemembered);
  /** For each peer, the route that its last AuthenticateClient matched. */
  readonly #peers = new LeastRecentlyUsed<ForwardRoute>(mostRemembered);
  /** The SM-DP+ address that InitiateAuthentication named, by TransactionId. */
  readonly #addresses = new LeastRecentlyUsed<string>(mostRemembered);
  readonly #via = `1.1 mock-smdp-${randomUUID()}`;

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  close(): void {
    for (const upstream of this.#upstreams.values()) upstream.close();
  }

  /**
   * @returns the answer of the other server; `undefined` if this server answers
   * @throws Refusal 8.8/5.1 if the other server does not answer, or if the device must start the download again
   */
  async handle(exchange: Exchange, request: ReceivedRequest): Promise<Answer | undefined> {
    if (this.#options.routes.all.length === 0 || !isOfDevices(exchange)) return undefined;
    const shown = factsOfRequest(request.body);
    const { address: _address, notificationAddress: _notificationAddress, outcome, ...facts } = shown;
    const server = this.#serverFor(exchange, shown);
    if (server === 'own') return undefined;
    exchange.noteForwarding(server.rule.to!);
    await exchange.learn(facts);
    const answer = await this.#forward(server, exchange, request);
    if (outcome !== undefined && resultOf(exchange, answer) === success) exchange.noteOutcome(outcome);
    return answer;
  }

  /** Remembers which sessions this server answers itself. */
  ended(exchange: Exchange): void {
    const { forwardedTo, facts } = exchange;
    if (forwardedTo !== undefined || this.#options.routes.all.length === 0) return;
    if (facts.transactionId !== undefined) {
      this.#sessions.set(facts.transactionId, 'own');
      this.#noteAddress(facts.transactionId, exchange);
    }
    if (facts.iccid !== undefined) this.#profiles.set(facts.iccid, 'own');
  }

  #serverFor(exchange: Exchange, shown: ShownFacts): Server {
    const { functionName } = exchange;
    if (functionName === 'initiateAuthentication') return this.#serverForNew(exchange, shown);
    const ongoing = this.#ongoing(shown);
    if (functionName !== 'authenticateClient') return ongoing;
    const route = this.#routeOf(shown);
    const wanted = route ? serverOf(route) : 'own';
    if (isSame(wanted, ongoing)) return ongoing;
    if (route) this.#peers.set(peerOf(exchange), route);
    else this.#peers.delete(peerOf(exchange));
    throw new Refusal(
      '8.8/5.1',
      `start the download again: this request shows that the device belongs to ${wanted === 'own' ? 'this server' : wanted.rule.to}`,
    );
  }

  /**
   * InitiateAuthentication names neither EID nor MatchingID. A route with a condition on an EID or MatchingID applies
   * if the last session from the same peer used this route.
   */
  #serverForNew(exchange: Exchange, shown: ShownFacts): Server {
    const before = this.#peers.get(peerOf(exchange));
    for (const route of this.#options.routes.all)
      if (route.isAt(shown) && (!route.needsDevice || before === route)) return serverOf(route);
    return 'own';
  }

  /** The route for a device whose EID and MatchingID are known. */
  #routeOf(shown: ShownFacts): ForwardRoute | undefined {
    const { transactionId } = shown;
    const address = transactionId === undefined ? undefined : this.#addresses.get(transactionId);
    return this.#options.routes.all.find((route) => route.isFor({ ...shown, address }));
  }

  #ongoing({ transactionId, iccid, notificationAddress }: ShownFacts): Server {
    const { all } = this.#options.routes;
    const known =
      (transactionId === undefined ? undefined : this.#sessions.get(transactionId)) ??
      (iccid === undefined ? undefined : this.#profiles.get(iccid));
    if (known === 'own' || (known && all.includes(known))) return known;
    const named = all.find(
      ({ rule }) =>
        rule.to !== null &&
        notificationAddress !== undefined &&
        isSameAddress(new URL(rule.to).host, notificationAddress),
    );
    const route = named ?? all.find(({ isGeneral }) => isGeneral);
    return route ? serverOf(route) : 'own';
  }

  async #forward(route: ForwardRoute, exchange: Exchange, request: ReceivedRequest): Promise<Answer> {
    const path = exchange.origin.path?.replace(/^\S+ /, '') ?? '';
    try {
      if (String(request.headers['via'] ?? '').includes(this.#via))
        throw new UpstreamError(
          `${route.rule.to} leads back to this server; say with --connect where the other server is`,
        );
      const answer = await this.#upstreamOf(route).send(path, request, this.#via);
      route.forwarded++;
      await this.#remember(route, exchange, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      route.failed++;
      route.lastProblem = error.message;
      if (exchange.functionName !== 'handleNotification') throw new Refusal('8.8/5.1', error.message);
      exchange.noteRefusal(new Refusal('8.8/5.1', error.message));
      return { status: 502, headers: {}, body: Buffer.alloc(0) };
    }
  }

  async #remember(route: ForwardRoute, exchange: Exchange, answer: Answer): Promise<void> {
    const found = answer.status === 200 ? factsOfAnswer(answer.body) : {};
    const { transactionId, iccid } = { ...exchange.facts, ...found };
    if (transactionId !== undefined) this.#sessions.set(transactionId, route);
    if (iccid !== undefined) this.#profiles.set(iccid, route);
    if (transactionId !== undefined) this.#noteAddress(transactionId, exchange);
    if (Object.keys(found).length > 0) await exchange.learn(found);
  }

  #noteAddress(transactionId: string, { functionName, request }: Exchange): void {
    if (functionName !== 'initiateAuthentication' || !request) return;
    const { address } = factsOfRequest(request.body);
    if (address !== undefined) this.#addresses.set(transactionId, address);
  }

  #upstreamOf(route: ForwardRoute): Upstream {
    let upstream = this.#upstreams.get(route);
    if (!upstream) {
      const { roots, limits = { time: longestAnswer, octets: largestAnswer } } = this.#options;
      upstream = new Upstream({ ...route.rule, to: route.rule.to! }, roots, limits);
      this.#upstreams.set(route, upstream);
      this.#forgetRemoved();
    }
    return upstream;
  }

  #forgetRemoved(): void {
    for (const [route, upstream] of this.#upstreams) {
      if (this.#options.routes.all.includes(route)) continue;
      upstream.close();
      this.#upstreams.delete(route);
    }
  }
}

const serverOf = (route: ForwardRoute): Server => (route.rule.to === null ? 'own' : route);

/** Two routes to the same server count as equal, because a session can change between them. */
const isSame = (one: Server | undefined, other: Server): boolean =>
  one === other || (one !== undefined && one !== 'own' && other !== 'own' && one.rule.to === other.rule.to);

const isOfDevices = ({ interfaceName }: Exchange): boolean =>
  interfaceName === 'ES9+' || interfaceName === 'ES11';

/** The host of the peer. The port does not count, because a device opens a new connection for each session. */
const peerOf = ({ origin }: Exchange): string => origin.peer?.replace(/:\d+$/, '') ?? '';
