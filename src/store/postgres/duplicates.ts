import pg from 'pg';
import { DuplicateError } from '../errors.js';
import type { NewProfile } from '../records.js';
import { storableText } from './text.js';

type Identifiers = Partial<Pick<NewProfile, 'iccid' | 'matchingId'>>;

/** If `error` says that an identifier of one of the profiles is taken, returns a DuplicateError. Otherwise returns `error`. */
export function duplicate(error: unknown, profiles: readonly Identifiers[]): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== '23505') return error;
  const { constraint, detail = '' } = error;
  if (constraint === 'profiles_iccid') {
    const iccid = profiles.find((profile) => detail.includes(`=(${profile.iccid}, `))?.iccid;
    return new DuplicateError('iccid', iccid ?? '');
  }
  if (constraint === 'profiles_matching_id') {
    const isTaken = ({ matchingId }: Identifiers): boolean =>
      typeof matchingId === 'string' && detail.includes(`=(${storableText(matchingId)}) `);
    return new DuplicateError('matchingId', profiles.find(isTaken)?.matchingId ?? '');
  }
  return error;
}
