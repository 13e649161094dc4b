import type { Application } from './applications.js';
import { masterFile, type CardFile } from './files.js';
import { StoreData } from './store-data-blocks.js';

/** The state of a logical channel between two commands. */
export class LogicalChannel {
  /** The selected application; `undefined`: the file system. */
  application: Application | undefined;
  file: CardFile = masterFile;
  readonly storeData = new StoreData();
  /** Octets that wait for GET RESPONSE. */
  pending: Buffer = Buffer.alloc(0);
}
