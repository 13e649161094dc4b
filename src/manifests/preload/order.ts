import type { ManifestRow } from '../index.js';
import type { NewProfile } from '../../store/index.js';

/** A row, and the profile to create for it. */
export interface Order {
  readonly row: ManifestRow;
  readonly profile: Writable<NewProfile>;
  /** Whether the profile gets the next free ICCID. */
  readonly needsIccid: boolean;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };
