import type { EventFilter, EventRecord, EventRecords, NewEventRecord } from '../event-records.js';
import { afterCursor, checkedLimit } from '../page.js';
import { columnOf, eventColumns, newEventColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import type { Queries } from './queries.js';
import { insertion, values } from './table.js';

const insert = `${insertion('event_records', newEventColumns)} ON CONFLICT (owner, event_id) DO NOTHING`;
const select = `SELECT ${selection(eventColumns)} FROM event_records`;
const byName = `${select} WHERE owner = $1 AND event_id = $2`;
const forEid = `${select} WHERE eid = $1 ORDER BY id`;
const forEidByName = `
  ${select} WHERE (eid = $1 AND event_id = $2) OR (eid = $1 AND root_event_id = $2) ORDER BY id`;
const remove = 'DELETE FROM event_records WHERE owner = $1 AND event_id = $2';

export const eventRecords = (connection: Connection): EventRecords => ({
  eventRecord: (owner, eventId) => connection.first<EventRecord>(byName, [owner, eventId]),
  eventsForEid: (eid, eventId) =>
    eventId === undefined
      ? connection.all<EventRecord>(forEid, [eid])
      : connection.all<EventRecord>(forEidByName, [eid, eventId]),
  listEvents: async (filter, page) => {
    const limit = checkedLimit(page.limit);
    const { sql, parameters } = conditionsOf(filter, afterCursor(page.cursor));
    const found = await connection.all<EventRecord>(sql, [...parameters, limit + 1]);
    if (found.length <= limit) return { items: found };
    return { items: found.slice(0, limit), next: String(found[limit - 1]?.id) };
  },
});

function conditionsOf(filter: EventFilter, after: number): { sql: string; parameters: unknown[] } {
  const asked = Object.entries<string | undefined>({ ...filter }).filter(([, value]) => value !== undefined);
  const conditions = asked.map(([member], index) => `${columnOf(eventColumns, member)} = $${index + 2}`);
  return {
    sql: `${select} WHERE ${['id > $1', ...conditions].join(' AND ')} ORDER BY id LIMIT $${asked.length + 2}`,
    parameters: [after, ...asked.map(([, value]) => value)],
  };
}

/** @returns whether the event was stored. It is not stored if its owner has another event with this EventID */
export const registerEvent = async (queries: Queries, event: NewEventRecord): Promise<boolean> =>
  (await queries.run(insert, values(newEventColumns, event))) === 1;

export async function deleteEvent(queries: Queries, owner: string, eventId: string): Promise<void> {
  await queries.run(remove, [owner, eventId]);
}
