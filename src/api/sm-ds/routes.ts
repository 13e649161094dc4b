import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { Refusal } from '../../wire/rsp/index.js';
import { removeEvent, type SmdsContext } from '../../smds/registry/index.js';
import type { EventRecord } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { pageFrom, pageMembers, pageOf } from '../http/lists.js';
import { textOrNull } from '../http/or-null.js';
import { Problem, problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';
import { requireWholeServer } from '../scope.js';

const filter = {
  eid: Type.Optional(Type.String({ description: 'an EID' })),
  eventId: Type.Optional(Type.String({ description: 'an EventID' })),
  owner: Type.Optional(Type.String({ description: 'OID of the SM-DP+ or SM-DS that registered the event' })),
};
/** Selects events of the SM-DS. */
export const EventFilter = Type.Object(filter, { additionalProperties: false });
export type EventFilter = Static<typeof EventFilter>;

const ListQuery = Type.Object({ ...filter, ...pageMembers }, { additionalProperties: false });
type ListQuery = Static<typeof ListQuery>;

const event = viewFrom<EventRecord>()((member) => ({
  eid: member(Type.String(), ({ eid }) => eid),
  eventId: member(Type.String(), ({ eventId }) => eventId),
  rspServerAddress: member(
    Type.String({ description: 'address of the server that has the profile' }),
    ({ rspServerAddress }) => rspServerAddress,
  ),
  owner: member(
    Type.String({ description: 'OID of the SM-DP+ or SM-DS that registered the event' }),
    ({ owner }) => owner,
  ),
  rootEventId: member(
    textOrNull('EventID at the root SM-DS; null: not registered there'),
    ({ rootEventId }) => rootEventId,
  ),
  registeredAt: member(Type.String({ format: 'date-time' }), ({ registeredAt }) => isoTime(registeredAt)),
}));

/** An event of the SM-DS. */
export const EventView = event.schema;
export type EventView = Static<typeof EventView>;

/** A page of events. */
export const EventList = pageOf(EventView);
export type EventList = Static<typeof EventList>;

const deletion = viewFrom<number>()((member) => ({
  deleted: member(Type.Integer({ description: 'number of deleted events' }), (count) => count),
}));

const pageSize = 1000;

const schemas = {
  list: {
    tags: ['SM-DS'],
    summary: 'List the events of the SM-DS in the order of registration',
    querystring: ListQuery,
    response: { 200: EventList, ...problemResponses },
  },
  delete: {
    tags: ['SM-DS'],
    summary: 'Delete the events that match the filter from this SM-DS and from the root SM-DS',
    querystring: EventFilter,
    response: { 200: deletion.schema, ...problemResponses },
  },
};

/** `/sm-ds/events`: the events that devices retrieve from the SM-DS. */
export function smdsEvents(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  app.get<{ Querystring: ListQuery }>('/sm-ds/events', { schema: schemas.list }, async ({ query }) => {
    const { limit, cursor, ...wanted } = query;
    const { store } = smdsOf(context);
    return pageFrom({ limit, cursor }, (page) => store.listEvents(wanted, page), event.of);
  });

  app.delete<{ Querystring: EventFilter }>('/sm-ds/events', { schema: schemas.delete }, async (request) => {
    if (Object.keys(request.query).length === 0) requireWholeServer(request, 'events are');
    return deletion.of(await deleteAll(smdsOf(context), request.query));
  });
  done();
}

function smdsOf({ smds }: ControlContext): SmdsContext {
  if (!smds)
    throw new Problem(404, 'the SM-DS role is off; start the server with SMDP_DS_ADDRESS to switch it on');
  return smds;
}

/**
 * @throws Problem 502 if the root SM-DS does not delete its copy of an event. This event and all later events then stay
 */
async function deleteAll(smds: SmdsContext, wanted: EventFilter): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { items } = await smds.store.listEvents(wanted, { limit: pageSize });
    if (items.length === 0) return deleted;
    for (const event of items) {
      await removed(smds, event);
      deleted += 1;
    }
  }
}

async function removed(smds: SmdsContext, event: EventRecord): Promise<void> {
  try {
    await removeEvent(smds, event);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Problem(502, `Event ${event.eventId} stays: ${error.message}.`, [], error.status);
  }
}
