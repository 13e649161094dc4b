import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Callback } from '../../store/index.js';
import { canonicalIccid } from '../../wire/rsp/index.js';
import type { ControlContext } from '../context.js';
import { defaultLimit, limitMember } from '../http/lists.js';
import { problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';
import { callbackView } from './view.js';

const operator = Type.Optional(
  Type.String({ description: 'the functionRequesterIdentifier of an operator; default: all' }),
);

/** Query of `GET /callbacks`. */
export const CallbackQuery = Type.Object(
  {
    operator,
    iccid: Type.Optional(Type.String({ description: 'an ICCID; default: all' })),
    state: Type.Optional(
      Type.Enum(['waiting', 'delivered'], { description: 'waiting or delivered; default: both' }),
    ),
    limit: limitMember(),
  },
  { additionalProperties: false },
);
export type CallbackQuery = Static<typeof CallbackQuery>;

interface Listed {
  readonly counts: { readonly waiting: number; readonly delivered: number };
  readonly callbacks: readonly Callback[];
}

const list = viewFrom<Listed>()((member) => ({
  waiting: member(
    Type.Integer({ description: 'number of undelivered messages' }),
    ({ counts }) => counts.waiting,
  ),
  delivered: member(
    Type.Integer({ description: 'number of messages that were delivered in the last day' }),
    ({ counts }) => counts.delivered,
  ),
  items: member(Type.Array(callbackView.schema), ({ callbacks }) => callbacks.map(callbackView.of)),
}));

const retried = viewFrom<number>()((member) => ({
  due: member(
    Type.Integer({ description: 'number of waiting messages that the server sends now' }),
    (due) => due,
  ),
}));

/** Answer of `GET /callbacks`. */
export const CallbackList = list.schema;
export type CallbackList = Static<typeof CallbackList>;

const Retry = Type.Object({ operator }, { additionalProperties: false });
type Retry = Static<typeof Retry>;

const tags = ['callbacks'];

const schemas = {
  list: {
    tags,
    summary: 'List the messages that report downloads to operators, newest first',
    querystring: CallbackQuery,
    response: { 200: CallbackList, ...problemResponses },
  },
  retry: {
    tags,
    summary: 'Retry waiting messages to operators now',
    body: Retry,
    response: { 200: retried.schema, ...problemResponses },
  },
};

/** `/callbacks`: messages to operators (ES2+.HandleDownloadProgressInfo) and whether they were delivered. */
export function callbacks(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  app.get<{ Querystring: CallbackQuery }>('/callbacks', { schema: schemas.list }, async (request) => {
    const { store } = scopeOf(context, request);
    const { operator, iccid, state, limit = defaultLimit } = request.query;
    const delivered = state && state === 'delivered';
    const filter = { operator, iccid: iccid && canonicalIccid(iccid), delivered };
    const callbacks = await store.listCallbacks(filter, limit);
    return list.of({ counts: await store.countCallbacks({ operator }), callbacks });
  });

  app.post<{ Body: Retry }>('/callbacks/retry', { schema: schemas.retry }, async (request) => {
    const { store, wakeCourier } = scopeOf(context, request);
    const due = await store.retryCallbacks({ operator: request.body.operator });
    wakeCourier?.();
    return retried.of(due);
  });
  done();
}
