import { createHash } from 'node:crypto';
import type { ManagedDevice } from '../managed-device.js';
import type { LpaWork } from './lpa-work.js';
import type { WindowsSettings } from './settings.js';
import type { PcState } from './state.js';

/** The eUICC of a PC, what the tree keeps of it, and the LPA that works on it. */
export interface PcEuicc {
  readonly device: ManagedDevice;
  readonly state: PcState;
  readonly work: LpaWork;
}

/** Name of the eUICC's node, and value of its `Identifier`. */
export const euiccNameOf = (eid: string, { euiccName }: WindowsSettings): string =>
  euiccName === 'eid' ? eid : createHash('sha256').update(eid).digest('hex').toUpperCase();
