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
import { webhooks } from './12-webhooks.js';
import { subscribers } from './13-subscribers.js';

/**
 * The steps from an empty database to the current schema. `user_version` counts the completed steps, so the number of a file is the
 * version after its step. Never edit a released step. Add a new step, and store its schema with `npm run keep-schema` at release.
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
  webhooks,
  subscribers,
];
