import type { WindowsPc } from '../windows/index.js';

/** A device that accepts documents from its management system. Each platform has its own kind of document. */
export interface ManagedEndpoint {
  /** A PC, which accepts SyncML documents. Absent on other platforms. */
  readonly windows?: WindowsPc | undefined;
  /** An Apple device, which accepts property lists. Absent on other platforms. */
  readonly apple?: { receive(plist: string): string } | undefined;
}
