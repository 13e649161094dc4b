import type { Random } from '../../../base/random.js';
import type { Answer, EditPoint, Exchange, Interceptor, ReceivedRequest } from '../../exchanges/index.js';
import { interceptorsFor, type Conduct } from './index.js';

/** The conduct of a running server, which a tester can change. An exchange keeps the conduct that it began with. */
export class ConductSwitch implements Interceptor {
  readonly #begun = new WeakMap<Exchange, readonly Interceptor[]>();
  #current: Conduct;
  #interceptors: readonly Interceptor[];

  /** @param atStart the conduct to which {@link reset} returns */
  constructor(
    private readonly atStart: Conduct,
    private readonly random: Random,
  ) {
    this.#current = atStart;
    this.#interceptors = interceptorsFor(atStart, random);
  }

  get current(): Conduct {
    return this.#current;
  }

  set(conduct: Conduct): void {
    this.#current = conduct;
    this.#interceptors = interceptorsFor(conduct, this.random);
  }

  reset(): void {
    this.set(this.atStart);
  }

  async received(exchange: Exchange, request: ReceivedRequest): Promise<void> {
    this.#begun.set(exchange, this.#interceptors);
    for (const interceptor of this.#interceptors) await interceptor.received?.(exchange, request);
  }

  edit(exchange: Exchange, point: EditPoint, value: Buffer): Buffer {
    return this.#of(exchange).reduce(
      (edited, interceptor) => interceptor.edit?.(exchange, point, edited) ?? edited,
      value,
    );
  }

  async answering(exchange: Exchange, answer: Answer): Promise<Answer> {
    let changed = answer;
    for (const interceptor of this.#of(exchange))
      changed = (await interceptor.answering?.(exchange, changed)) ?? changed;
    return changed;
  }

  #of(exchange: Exchange): readonly Interceptor[] {
    return this.#begun.get(exchange) ?? this.#interceptors;
  }
}
