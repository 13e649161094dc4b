import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { JournalEntry } from '../../instruments/journal/index.js';
import type { ControlContext } from '../context.js';
import { closingOf } from '../http/closing.js';
import { fieldProblem, problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { EventStream, streamHeaders } from './event-stream.js';
import { eventOf } from './event-view.js';

/** Number of events to send before the server does other work. */
const portionSize = 500;

const EventQuery = Type.Object(
  {
    since: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'the id of an event: the stream starts after this event; default: only new events',
      }),
    ),
  },
  { additionalProperties: false },
);
type EventQuery = Static<typeof EventQuery>;

/** `GET /events`: exchanges, transitions of profiles and events of virtual devices as they happen, as server-sent events. */
export function events(app: FastifyInstance, context: ControlContext): void {
  const closing = closingOf(app);
  const schema = {
    tags: ['journal'],
    summary:
      'Follow exchanges, transitions of profiles and events of virtual devices as they happen (server-sent events)',
    querystring: EventQuery,
    response: { 200: { content: { 'text/event-stream': { schema: Type.String() } } }, ...problemResponses },
  };
  app.get<{ Querystring: EventQuery }>('/events', { schema }, (request, reply) => {
    if (request.method === 'HEAD') return reply.headers(streamHeaders).send();
    const { journal, store } = scopeOf(context, request);
    const after = lastEventId(request.headers['last-event-id']) ?? request.query.since;
    let waiting = after === undefined ? [] : [...missed(journal.entries(), after, journal.lastId)];
    let isBusy = false;
    const sendAll = async (): Promise<void> => {
      if (isBusy) return;
      isBusy = true;
      try {
        while (waiting.length > 0) {
          const portion = waiting.slice(0, portionSize);
          waiting = waiting.slice(portionSize);
          for (const entry of portion) if (!stream.isEnded) stream.send(await eventOf(store, entry));
          // Lets the connection write what was sent, and the server answer others.
          await setImmediate();
          if (stream.isEnded) waiting = [];
        }
      } catch (error) {
        request.log.error(error, 'an event could not be sent');
        stream.end();
      } finally {
        isBusy = false;
      }
    };
    const end = (): void => stream.end();
    const unsubscribe = journal.subscribe((entry) => {
      if (stream.isEnded || !journal.shows(entry)) return;
      waiting.push(entry);
      void sendAll();
    });
    const stream = new EventStream(reply, () => {
      unsubscribe();
      closing.removeEventListener('abort', end);
    });
    closing.addEventListener('abort', end);
    // While the server stops, a request may still arrive on an open connection.
    if (closing.aborted) end();
    void sendAll();
  });
}

/**
 * Entries after an id. If the id is higher than all ids of this server, it comes from before a restart. Then the client has missed all
 * entries.
 */
const missed = (entries: readonly JournalEntry[], after: number, last: number): readonly JournalEntry[] =>
  after > last ? entries : entries.filter(({ id }) => id > after);

/** @throws Problem 400 if the header has a value that is not the id of an event */
function lastEventId(given: string | string[] | undefined): number | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given);
  throw fieldProblem(
    'Last-Event-ID',
    `'${String(given)}' is not the id of an event`,
    'give the id of the last received event',
  );
}
