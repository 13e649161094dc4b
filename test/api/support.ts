import Fastify, { type FastifyInstance } from 'fastify';
import {
  control,
  type ControlContext,
  type ProfileDetails,
  type ProfileTypeView,
} from '../../src/api/index.js';
import type { ProblemDetails } from '../../src/api/http/problem.js';
import { Journal } from '../../src/instruments/journal/index.js';
import { FaultRules } from '../../src/instruments/faults/index.js';
import { ProfileTypes } from '../../src/orders/index.js';
import type { Certificate } from '../../src/pki/index.js';
import { openStore } from '../../src/store/index.js';
import { whenDone } from '../support/when-done.js';

/** The time at which everything in these tests happens. */
export const now = new Date('2030-06-01T12:00:00Z');
export const address = 'smdp.example.com:8443';

const fakeCertificate = (content: string) => ({ der: Buffer.from(content) }) as Certificate;

export interface TestApi extends ControlContext {
  readonly app: FastifyInstance;
  /** Sends a request with a JSON body, if any, and reads the JSON that comes back. */
  readonly call: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<Answer>;
}

/** Every member that an answer may have; which it has, the tests say. */
export type AnswerBody = Omit<ProfileDetails, 'metadata'> &
  ProblemDetails &
  Omit<ProfileTypeView, 'metadata'> & {
    readonly metadata: unknown;
    readonly warnings: readonly { readonly field: string; readonly message: string }[];
    readonly items: readonly AnswerBody[];
    readonly next?: string;
  };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: AnswerBody;
}

/** The control API on an empty database. Octets that it takes for random ones count upwards. */
export async function testApi(): Promise<TestApi> {
  const store = await openStore(':memory:');
  const clock = { now: () => now };
  let counter = 0;
  const random = { bytes: (count: number) => Buffer.alloc(count, ++counter) };
  const certificate = fakeCertificate('tls');
  const context: ControlContext = {
    store,
    clock,
    random,
    smdp: { address },
    pki: {
      trustedCis: [fakeCertificate('first'), fakeCertificate('second')],
      issuers: [],
      eums: [],
      identities: [],
      crls: [],
      smds: undefined,
      tls: { cert: 'leaf', key: 'secret', ca: '-----ca-----\n', certificate },
    },
    profileTypes: new ProfileTypes({ store, clock, smdp: { address } }),
    faults: new FaultRules({ clock, random }),
    settings: { conduct: 'polite', noOrderStatus: '8.1.1/3.8', sessionTimeout: 600 },
    journal: new Journal({ clock, count: 100 }),
  };
  const app = Fastify();
  await app.register(control, { context });
  whenDone(() => store.close());
  whenDone(() => app.close());
  const call: TestApi['call'] = async (method, path, body) => {
    const answer = await app.inject({ method, url: `/api/v1${path}`, ...(body && { payload: body }) });
    const { statusCode: status, headers } = answer;
    return { status, headers, body: (answer.payload === '' ? {} : answer.json()) as AnswerBody };
  };
  return { ...context, app, call };
}
