import { isSameAddress } from '../../base/address.js';
import { globOf } from '../../base/glob.js';

/** Says which requests go to which server. An absent condition matches everything. */
export interface ForwardRule {
  /** Base URL of the SM-DP+ that answers. Null: this server answers. */
  readonly to: string | null;
  /** In `eid` and `matchingId`, `*` stands for any characters. */
  readonly eid?: string | undefined;
  readonly matchingId?: string | undefined;
  /** The SM-DP+ address that devices name in InitiateAuthentication. */
  readonly address?: string | undefined;
  /**
   * CA certificates in PEM that verify the TLS certificate. Absent: the CIs of the PKI folder and the roots of the
   * system.
   */
  readonly ca?: string | undefined;
  /** Whether any TLS certificate is accepted. */
  readonly insecure?: boolean | undefined;
  /** `host:port` to connect to, instead of the host in `to`. */
  readonly connect?: string | undefined;
}

/** The facts that are known about a device when the server routes its request. */
export interface Asked {
  readonly address?: string | undefined;
  readonly eid?: string | undefined;
  readonly matchingId?: string | undefined;
}

/** A route with its counters. */
export class ForwardRoute {
  forwarded = 0;
  failed = 0;
  lastProblem: string | undefined;

  constructor(
    readonly id: string,
    readonly rule: ForwardRule,
  ) {}

  /** Whether the route has a condition on the EID or the MatchingID. */
  get needsDevice(): boolean {
    return this.rule.eid !== undefined || this.rule.matchingId !== undefined;
  }

  /** Whether the route applies to every request. */
  get isGeneral(): boolean {
    return !this.needsDevice && this.rule.address === undefined;
  }

  isAt({ address }: Asked): boolean {
    const wanted = this.rule.address;
    return wanted === undefined || (address !== undefined && isSameAddress(wanted, address));
  }

  isFor(asked: Asked): boolean {
    return (
      this.isAt(asked) &&
      (['eid', 'matchingId'] as const).every((member) => {
        const pattern = this.rule[member];
        const value = asked[member];
        return pattern === undefined || (value !== undefined && globOf(pattern)(value));
      })
    );
  }
}

/** The routes of this process. The first route that matches decides. */
export class ForwardRoutes {
  #routes: readonly ForwardRoute[] = [];
  readonly #initial: readonly ForwardRule[];
  #lastId = 0;

  /** @param initial the routes that the server starts with */
  constructor(initial: readonly ForwardRule[] = []) {
    this.#initial = initial;
    this.reset();
  }

  get all(): readonly ForwardRoute[] {
    return this.#routes;
  }

  /** @param after the id of the route that comes just before the new route. Default: the new route comes first */
  add(rule: ForwardRule, after?: string): ForwardRoute {
    const route = new ForwardRoute(String(++this.#lastId), rule);
    const place = this.#routes.findIndex(({ id }) => id === after) + 1;
    this.#routes = this.#routes.toSpliced(place, 0, route);
    return route;
  }

  /** @param id absent: all routes @returns number of removed routes */
  remove(id?: string): number {
    const kept = this.#routes.filter((route) => id !== undefined && route.id !== id);
    const removed = this.#routes.length - kept.length;
    this.#routes = kept;
    return removed;
  }

  reset(): void {
    this.#routes = [];
    this.#initial.forEach((rule) => this.add(rule, this.#routes.at(-1)?.id));
  }
}
