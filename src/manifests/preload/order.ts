import type { ManifestRow } from '../index.js';
import type { NewProfile } from '../../store/index.js';

/** A row, and the profile that it asks for. */
export interface Order {
  readonly row: ManifestRow;
  readonly profile: Writable<NewProfile>;
  /** Whether the next free ICCID will do. */
  readonly needsIccid: boolean;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };
