import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { expect } from 'vitest';
import {
  es2plus,
  noEventRegistration,
  type Es2PlusContext,
  type EventRegistration,
} from '../../../src/interfaces/es2plus/index.js';
import { operatorDefaults } from '../../../src/orders/index.js';
import { systemRandom } from '../../../src/base/random.js';
import type {
  HistoryEntry,
  NewProfile,
  NewRegistration,
  Operator,
  Profile,
} from '../../../src/store/index.js';
import { startTestSmdp, type TestSmdp, type TestSmdpOptions } from '../../support/smdp.js';
import { whenDone } from '../../support/when-done.js';

export const eid = '89049032123451234512345678901235';
export const otherEid = '89049032123451234512345678901236';
export const operator = 'test.operator.com';
export const otherOperator = '2.999.4711';

export type FunctionName = 'downloadOrder' | 'confirmOrder' | 'cancelOrder' | 'releaseProfile';

/** An answer that has the form which strict clients insist on. */
export interface Answer {
  /** `Executed-Success`, or the status code of a refusal: `8.2.1/3.3`. */
  readonly status: string;
  /** Members beside the header. */
  readonly members: Readonly<Record<string, string>>;
}

export const success = 'Executed-Success';

export interface Identity {
  /** functionRequesterIdentifier; default {@link operator}. */
  readonly as?: string;
  /** functionCallIdentifier; default: a new one. */
  readonly id?: string;
}

/** An SM-DP+ with ES2+ beside its ES9+. */
export interface OperatorSide extends TestSmdp {
  readonly es2plusContext: Es2PlusContext;
  /** Sends a body as it is. */
  send(
    name: string,
    payload: string,
    headers?: Record<string, string>,
    method?: 'GET' | 'POST' | 'PUT',
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string }>;
  /** Calls a function, and checks the form of its answer. */
  ask(name: FunctionName, body: object, identity?: Identity): Promise<Answer>;
  /** {@link ask}, which has to succeed. */
  done(name: FunctionName, body: object, identity?: Identity): Promise<Answer['members']>;
  /** A profile in the store, Available and nobody's unless `given` says otherwise. */
  stock(given?: Partial<NewProfile>): Promise<Profile>;
  byIccid(iccid: string): Promise<Profile>;
  /** The profile with its history: what a refused call must leave as it was. */
  trace(iccid: string): Promise<{ profile: Profile; history: readonly HistoryEntry[] }>;
  register(identifier: string, settings: Partial<Operator>): Promise<void>;
}

let serial = 0;
export const newIccid = (): string => `89000000${String(++serial).padStart(11, '0')}`;

export async function startOperatorSide(
  options: TestSmdpOptions & { events?: EventRegistration } = {},
): Promise<OperatorSide> {
  const smdp = await startTestSmdp(options);
  const { store, pki } = smdp;
  const { profileTypes, clock } = smdp.context;
  const es2plusContext: Es2PlusContext = {
    ...{ store, profileTypes, clock, random: systemRandom, smdp: { address: smdp.address } },
    events: options.events ?? noEventRegistration,
    operatorCas: pki.operatorCas,
  };
  const app = Fastify();
  app.register(es2plus, { prefix: '/gsma/rsp2/es2plus', context: es2plusContext, mutualTls: false });
  whenDone(() => app.close());

  const send: OperatorSide['send'] = async (name, payload, headers = {}, method = 'POST') => {
    const answer = await app.inject({
      ...{ method, url: `/gsma/rsp2/es2plus/${name}` },
      headers: { 'content-type': 'application/json', 'x-admin-protocol': 'gsma/rsp/v2.5.0', ...headers },
      ...(method !== 'GET' && { payload }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload };
  };
  const ask: OperatorSide['ask'] = async (name, body, { as = operator, id = randomUUID() } = {}) => {
    const header = { functionRequesterIdentifier: as, functionCallIdentifier: id };
    return answerIn(await send(name, JSON.stringify({ header, ...body })));
  };
  const byIccid = async (iccid: string): Promise<Profile> => (await store.profilesByIccid(iccid))[0]!;
  return {
    ...smdp,
    es2plusContext,
    send,
    ask,
    byIccid,
    async done(name, body, identity) {
      const { status, members } = await ask(name, body, identity);
      expect(status).toBe(success);
      return members;
    },
    async stock(given = {}) {
      const createdAt = clock.now().getTime();
      const profile = { iccid: newIccid(), profileType: 'generic', state: 'Available' as const, createdAt };
      return (await store.createProfiles([{ ...profile, ...given }]))[0]!;
    },
    async trace(iccid) {
      const profile = await byIccid(iccid);
      return { profile, history: await store.history(profile.id) };
    },
    register: (identifier, settings) =>
      store.saveOperator({ ...operatorDefaults, ...settings, identifier, updatedAt: 1 }),
  };
}

/** HTTP status 200, a header, and in a refusal nothing else (SGP.22 6.5.1). */
export function answerIn(response: {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}): Answer {
  expect(response.status).toBe(200);
  expect(response.headers['content-type']).toBe('application/json');
  expect(response.headers['x-admin-protocol']).toBe('gsma/rsp/v2.5.0');
  const { header, ...members } = JSON.parse(response.text) as AnswerBody;
  const { functionExecutionStatus: outcome } = header;
  expect(header).toEqual({ functionExecutionStatus: outcome });
  if (outcome.status === success) {
    expect(outcome).toEqual({ status: success });
    return { status: success, members: members as Answer['members'] };
  }
  const { subjectCode, reasonCode } = outcome.statusCodeData!;
  expect(outcome).toEqual({
    status: 'Failed',
    statusCodeData: {
      subjectCode,
      reasonCode,
      message: expect.stringMatching(/^[\x20-\x7e]{1,120}$/) as string,
    },
  });
  expect(members).toEqual({});
  return { status: `${subjectCode}/${reasonCode}`, members: {} };
}

type AnswerBody = Record<string, unknown> & {
  header: {
    functionExecutionStatus: {
      status: string;
      statusCodeData?: { subjectCode: string; reasonCode: string; message: string };
    };
  };
};

/** An SM-DS that remembers what it was told. */
export class RecordingSmds implements EventRegistration {
  readonly registered: NewRegistration[] = [];
  /** What it answers instead of taking an event. */
  failure: Error | undefined;

  async register(event: NewRegistration) {
    if (this.failure) throw this.failure;
    this.registered.push(event);
    return [{ kind: 'noteRegistered' as const, event }];
  }
}
