import type { SharedState } from '../../across-instances.js';
import type { Connection } from '../connection.js';
import { sharedEntries } from './entries.js';
import { joinInstances } from './instances.js';
import { sharedRules } from './rules.js';
import { sharedSettings } from './settings.js';

/** The state that all instances on one database share. */
export const sharedState = (connection: Connection): SharedState => ({
  ...sharedRules(connection),
  ...sharedSettings(connection),
  ...sharedEntries(connection),
  join: (member) => joinInstances(connection, member),
});
