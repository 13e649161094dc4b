import Fastify from 'fastify';
import { requestInProcess } from '../base/in-process-request.js';
import type { RecordedExchange, RecordedSurroundings } from '../api/recording/index.js';
import { es11, smds, type Es11Context } from '../smds/es11/index.js';
import { es9plus, resultTimeout, smdp, type Es9PlusContext } from '../interfaces/es9plus/index.js';
import type { Answer, Exchange, Interceptor } from '../instruments/exchanges/index.js';
import { FaultRules, Faults, interceptorsFor, ordersOnDemand } from '../instruments/faults/index.js';
import { ProfileTypes } from '../orders/index.js';
import { openStore, type Store } from '../store/index.js';
import { bodyOf, headersOf } from './message.js';
import { recordedPki } from './recorded-pki.js';
import type { RecordedValues } from './recorded-values.js';

/** The answer of this build to a recorded request, and the exchange. */
export interface Asked {
  readonly exchange: Exchange;
  readonly answer: Answer;
}

/** A server of this build that answers in place of the recorded server. It has no listeners and calls no other server. */
export interface ReplayServer {
  readonly store: Store;
  /** Repeats a recorded request at its recorded time. */
  ask(exchange: RecordedExchange): Promise<Asked>;
  close(): Promise<void>;
}

/**
 * Starts the replay server with an empty database in memory.
 *
 * @param recordedValues the values that the recorded server generated
 * @throws ReplayFileError for invalid certificates
 */
export async function startReplayServer(
  { address, smdsAddress, ...recorded }: RecordedSurroundings & { readonly address: string },
  recordedValues: RecordedValues,
): Promise<ReplayServer> {
  const pki = recordedPki(recorded.certificates, recordedValues.signerFor);
  let time = 0;
  const clock = { now: () => new Date(time) };
  const store = await openStore(':memory:');
  const profileTypes = new ProfileTypes({ store, clock, smdp: { address } });
  const common = { store, clock, random: recordedValues };
  const rules = new FaultRules({ clock, random: recordedValues });
  const faults = new Faults({ rules, pki: recordedValues, clock, reportFault: () => undefined });
  // A delay does not change the answer, so the replay does not wait.
  faults.close();
  const orderOnDemand = ordersOnDemand({ ...common, profileTypes });
  const watch = new Watch();
  const shared = {
    ...{
      ...common,
      pki,
      interceptors: [faults, ...interceptorsFor(recorded.settings.conduct, recordedValues), watch],
    },
    sessionTimeout: recorded.settings.sessionTimeout * 1000,
  };
  const { noOrderStatus } = recorded.settings;
  const context: Es9PlusContext = {
    ...{ ...shared, smdp: { address }, profileTypes, resultTimeout, orderOnDemand },
    noOrderStatus,
  };
  const role: Es11Context | undefined =
    smdsAddress === undefined ? undefined : { ...shared, address: smdsAddress };

  const app = Fastify();
  const [own, ds] = [smdp(context), role && smds(role)];
  app.register(es9plus, { prefix: '/gsma/rsp2/es9plus', context, servers: ds ? [own, ds] : [own] });
  if (role && ds) app.register(es11, { prefix: '/gsma/rsp2/es11', context: role, servers: [ds, own] });
  await app.ready();

  return {
    store,
    async ask({ interface: interfaceName, function: name, request, replay }) {
      time = replay.arrivedAt;
      rules.remove();
      replay.faults?.forEach((rule) => rules.add(rule));
      const answer = await requestInProcess(app, {
        method: 'POST',
        path: `/gsma/rsp2/${interfaceName === 'ES11' ? 'es11' : 'es9plus'}/${name}`,
        headers: headersOf(request!),
        body: bodyOf(request!),
      });
      answer.resume();
      return watch.take();
    },
    async close() {
      await app.close();
      await store.close();
    },
  };
}

/** Captures the answer to a request, and sends an empty answer instead, because nobody reads the sent answer. */
class Watch implements Interceptor {
  #last: Asked | undefined;

  answering(exchange: Exchange, answer: Answer): Answer {
    this.#last = { exchange, answer };
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  }

  /** Captures an answer that did not pass through `answering`. This happens after an internal error. */
  ended(exchange: Exchange, answer: Answer): void {
    this.#last ??= { exchange, answer };
  }

  /** @throws Error if the request reached no function */
  take(): Asked {
    const last = this.#last;
    this.#last = undefined;
    if (!last) throw new Error('the request reached no function of the server');
    return last;
  }
}
