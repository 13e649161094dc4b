import type { Profile } from '../records.js';
import { profileColumns, selection } from '../columns.js';
import type { Row } from './table.js';

/** SQL condition that excludes profiles of an open batch. Every read of the table must include it. */
export const notInOpenBatch = '(batch IS NULL OR batch NOT IN (SELECT id FROM open_batches))';

export type ProfileRow = Row<Profile, 'sharedIccid'>;

export const profileSelection = selection(profileColumns);

export const toProfile = (row: ProfileRow): Profile => ({ ...row, sharedIccid: row.sharedIccid === 1 });
