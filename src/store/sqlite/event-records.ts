import type { EventFilter, EventRecord, EventRecords, NewEventRecord } from '../event-records.js';
import { afterCursor, checkedLimit } from '../page.js';
import type { Connection } from './connection.js';
import { columnOf, insertion, selection, values, type Columns } from './table.js';

const given: Columns<NewEventRecord> = {
  owner: 'owner',
  eventId: 'event_id',
  eid: 'eid',
  rspServerAddress: 'rsp_server_address',
  rootEventId: 'root_event_id',
  registeredAt: 'registered_at',
};
const columns: Columns<EventRecord> = { id: 'id', ...given };

const insert = `${insertion('event_records', given)} ON CONFLICT (owner, event_id) DO NOTHING`;
const select = `SELECT ${selection(columns)} FROM event_records`;
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
  const conditions = [...asked.map(([member]) => `${columnOf(columns, member)} = ?`), 'id > ?'];
  return {
    sql: `${select} WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`,
    parameters: [...asked.map(([, value]) => value), after],
  };
}

/** @returns whether the event was stored, which requires that its owner has no other event with this EventID */
export const registerEvent = (connection: Connection, event: NewEventRecord): boolean =>
  connection.prepare(insert).run(...values(given, event)).changes === 1;

export function deleteEvent(connection: Connection, owner: string, eventId: string): void {
  connection.prepare(remove).run(owner, eventId);
}
