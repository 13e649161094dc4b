import type { WindowsPc } from '../windows/index.js';

/** A device that takes documents of its management system. Each platform has its own kind of document. */
export interface ManagedEndpoint {
  /** The PC, for SyncML documents. Absent on other platforms. */
  readonly windows?: WindowsPc | undefined;
  /** Takes a property list. Absent on other platforms. */
  readonly apple?: { receive(plist: string): string } | undefined;
}
