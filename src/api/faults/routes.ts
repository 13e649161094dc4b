import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import {
  FaultFilter,
  FaultRule,
  magicCodes,
  ruleExamples,
  type MagicCode,
  type RuleExample,
  type Fault,
  type FaultRulesView,
} from '../../instruments/faults/index.js';
import type { ControlContext } from '../context.js';
import { listView, removedView } from '../http/lists.js';
import { Problem, noContent, problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';
import { FaultView, faultView } from './view.js';

const FaultPath = Type.Object({ id: Type.String() });
type FaultPath = Static<typeof FaultPath>;

const tags = ['faults'];
const list = listView(faultView);
const removed = removedView('rules');

const magicCode = viewFrom<MagicCode>()((member) => ({
  form: member(
    Type.String({ description: 'syntax of the MatchingIDs, such as BPP-MAC-<n>' }),
    ({ form }) => form,
  ),
  examples: member(Type.Array(Type.String()), ({ examples }) => [...examples]),
  what: member(Type.String({ description: 'what the server does' }), ({ what }) => what),
  notices: member(
    Type.String({ description: 'what a device notices if it checks everything' }),
    ({ notices }) => notices,
  ),
}));
const codes = listView(magicCode);

/** A kind of MatchingID that triggers a fault without any rule. */
export const MagicCodeView = magicCode.schema;
export type MagicCodeView = Static<typeof MagicCodeView>;

const faultExample = viewFrom<RuleExample>()((member) => ({
  rule: member(FaultRule, ({ rule }) => rule),
  what: member(Type.String({ description: 'what the server does' }), ({ what }) => what),
  notices: member(
    Type.String({ description: 'what a device notices if it checks everything' }),
    ({ notices }) => notices,
  ),
}));
const examples = listView(faultExample);

/** An example rule for a fault that no MatchingID can select. */
export const FaultExampleView = faultExample.schema;
export type FaultExampleView = Static<typeof FaultExampleView>;

const schemas = {
  add: {
    tags,
    summary: 'Provoke a fault: add a rule',
    body: FaultRule,
    response: { 201: FaultView, ...problemResponses },
  },
  list: {
    tags,
    summary: 'List fault rules with their counters',
    querystring: FaultFilter,
    response: { 200: list.schema },
  },
  clear: {
    tags,
    summary: 'Remove the fault rules that match the query; without a query, remove all fault rules',
    querystring: FaultFilter,
    response: { 200: removed.schema },
  },
  show: {
    tags,
    summary: 'Show a fault rule',
    params: FaultPath,
    response: { 200: FaultView, ...problemResponses },
  },
  remove: {
    tags,
    summary: 'Remove a fault rule',
    params: FaultPath,
    response: { ...noContent, ...problemResponses },
  },
  examples: {
    tags,
    summary: 'List example rules for faults that no MatchingID can select',
    response: { 200: examples.schema },
  },
  codes: { tags, summary: 'List the MatchingIDs that stand for a fault', response: { 200: codes.schema } },
};

/** `/faults`: rules that make the server misbehave on purpose. */
export function faults(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  const found = async (rules: FaultRulesView, id: string): Promise<Fault> => {
    const fault = await rules.get(id);
    if (fault) return fault;
    throw new Problem(404, `there is no fault rule '${id}'`);
  };

  app.post<{ Body: FaultRule }>('/faults', { schema: schemas.add }, async (request, reply) => {
    const fault = await scopeOf(context, request).faults.add(request.body);
    await context.everywhere?.('settings');
    request.log.warn({ fault: fault.by, rule: fault.rule }, 'fault rule added');
    return reply.code(201).header('Location', `/api/v1/faults/${fault.id}`).send(faultView.of(fault));
  });

  app.get<{ Querystring: FaultFilter }>('/faults', { schema: schemas.list }, async (request) =>
    list.of(await scopeOf(context, request).faults.list(request.query)),
  );

  app.delete<{ Querystring: FaultFilter }>('/faults', { schema: schemas.clear }, async (request) => {
    const count = await scopeOf(context, request).faults.remove(request.query);
    await context.everywhere?.('settings');
    return removed.of(count);
  });

  app.get('/faults/codes', { schema: schemas.codes }, async () => codes.of(magicCodes));

  app.get('/faults/examples', { schema: schemas.examples }, async () => examples.of(ruleExamples));

  app.get<{ Params: FaultPath }>('/faults/:id', { schema: schemas.show }, async (request) =>
    faultView.of(await found(scopeOf(context, request).faults, request.params.id)),
  );

  app.delete<{ Params: FaultPath }>('/faults/:id', { schema: schemas.remove }, async (request, reply) => {
    const { faults: rules } = scopeOf(context, request);
    await rules.remove({ id: (await found(rules, request.params.id)).id });
    await context.everywhere?.('settings');
    return reply.code(204).send();
  });
  done();
}
