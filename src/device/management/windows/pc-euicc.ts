import { createHash } from 'node:crypto';
import type { ManagedDevice } from '../managed-device.js';
import type { LpaWork } from './lpa-work.js';
import type { WindowsSettings } from './settings.js';
import type { PcState } from './state.js';

/** The eUICC of a PC, with its state in the tree and its LPA. */
export interface PcEuicc {
  readonly device: ManagedDevice;
  readonly state: PcState;
  readonly work: LpaWork;
}

/** Name of the eUICC's node, which is also the value of `Identifier`. */
export const euiccNameOf = (eid: string, { euiccName }: WindowsSettings): string =>
  euiccName === 'eid' ? eid : createHash('sha256').update(eid).digest('hex').toUpperCase();
