import { firstSchema } from './1-first-schema.js';
import { webhooks } from './2-webhooks.js';
import { sharedState } from './3-shared-state.js';
import { subscribers } from './4-subscribers.js';

/**
 * The steps from an empty schema to the current schema. The table `mock_smdp` counts the completed steps. Never edit a released step.
 * Add a new step that does not break older versions of the server, so that instances can be replaced one by one.
 */
export const migrations: readonly string[] = [firstSchema, webhooks, sharedState, subscribers];

/**
 * The lowest version whose builds can use the current tables. Such a build starts although the tables are newer, so that instances of two
 * versions can run side by side. Raise this number only with a step that older builds cannot work with.
 */
export const usableFrom = 1;
