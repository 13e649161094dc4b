import type { Application } from './applications.js';
import { masterFile, type CardFile } from './files.js';
import { StoreData } from './store-data-blocks.js';

/** The state of a logical channel between two commands. */
export class LogicalChannel {
  file: CardFile = masterFile;
  readonly storeData = new StoreData();
  /** Octets that wait for GET RESPONSE. */
  pending: Buffer = Buffer.alloc(0);

  /** @param application - the selected application; `undefined`: the file system */
  constructor(public application: Application | undefined = undefined) {}
}
