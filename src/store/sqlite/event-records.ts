import type { EventFilter, EventRecord, EventRecords, NewEventRecord } from '../event-records.js';
import { afterCursor, checkedLimit } from '../page.js';
import { columnOf, eventColumns, newEventColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { insertion, values } from './table.js';

const insert = `${insertion('event_records', newEventColumns)} ON CONFLICT (owner, event_id) DO NOTHING`;
const select = `SELECT ${selection(eventColumns)} FROM event_records`;
const byName = `${select} WHERE owner = ? AND event_id = ?`;
const forEid = `${select} WHERE eid = ? ORDER BY id`;
const forEidByName = `
  ${select} WHERE (eid = ? AND event_id = ?) OR (eid = ? AND root_event_id = ?) ORDER BY id`;
const remove = 'DELETE FROM event_records WHERE owner = ? AND event_id = ?';

export const eventRecords = (connection: Connection): EventRecords => ({
  eventRecord: (owner, eventId) =>
    connection.attempt(() => connection.prepare<EventRecord>(byName).get(owner, eventId)),
  eventsForEid: (eid, eventId) =>
    connection.attempt(() =>
      eventId === undefined
        ? connection.prepare<EventRecord>(forEid).all(eid)
        : connection.prepare<EventRecord>(forEidByName).all(eid, eventId, eid, eventId),
    ),
  listEvents: (filter, page) =>
    connection.attempt(() => {
      const limit = checkedLimit(page.limit);
      const { sql, parameters } = conditionsOf(filter, afterCursor(page.cursor));
      const found = connection.prepare<EventRecord>(sql).all(...parameters, limit + 1);
      if (found.length <= limit) return { items: found };
      return { items: found.slice(0, limit), next: String(found[limit - 1]?.id) };
    }),
});

function conditionsOf(filter: EventFilter, after: number): { sql: string; parameters: unknown[] } {
  const asked = Object.entries<string | undefined>({ ...filter }).filter(([, value]) => value !== undefined);
  const conditions = [...asked.map(([member]) => `${columnOf(eventColumns, member)} = ?`), 'id > ?'];
  return {
    sql: `${select} WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`,
    parameters: [...asked.map(([, value]) => value), after],
  };
}

/** @returns whether the event was stored. It is not stored if its owner has another event with this EventID */
export const registerEvent = (connection: Connection, event: NewEventRecord): boolean =>
  connection.prepare(insert).run(...values(newEventColumns, event)).changes === 1;

export function deleteEvent(connection: Connection, owner: string, eventId: string): void {
  connection.prepare(remove).run(owner, eventId);
}
