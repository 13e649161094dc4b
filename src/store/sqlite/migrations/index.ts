import { firstSchema } from './1-first-schema.js';
import { operatorsAndCalls } from './2-operators-and-calls.js';
import { callbacks } from './3-callbacks.js';
import { batches } from './4-batches.js';
import { eventRecords } from './5-event-records.js';
import { mdmLists } from './6-mdm-lists.js';
import { registrations } from './7-registrations.js';
import { namespaces } from './8-namespaces.js';
import { bounds } from './9-bounds.js';
import { awaitedResults } from './10-awaited-results.js';
import { downloads } from './11-downloads.js';

/**
 * The steps from an empty database to the present schema. `user_version` counts the steps that a database has had, so the
 * number of a file is the version that its step leads to. Never edit a released step: add the next one, and keep its schema with
 * `npm run keep-schema` when it is released.
 */
export const migrations: readonly string[] = [
  firstSchema,
  operatorsAndCalls,
  callbacks,
  batches,
  eventRecords,
  mdmLists,
  registrations,
  namespaces,
  bounds,
  awaitedResults,
  downloads,
];
