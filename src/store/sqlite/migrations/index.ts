import { firstSchema } from './1-first-schema.js';
import { operatorsAndCalls } from './2-operators-and-calls.js';
import { callbacks } from './3-callbacks.js';
import { batches } from './4-batches.js';
import { eventRecords } from './5-event-records.js';
import { registrations } from './6-registrations.js';
import { mdmLists } from './8-mdm-lists.js';
import { namespaces } from './9-namespaces.js';

/**
 * The steps that lead from an empty database to the present schema; `user_version` counts those that were made.
 * A step that was released is never edited: what comes later is a further step.
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
];
