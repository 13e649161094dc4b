import type { NodeAddress } from './loc-uri.js';
import type { SyncStatus } from './status.js';

/** Formats of nodes (MIME types of OMA-DM's Meta). */
export type NodeFormat = 'node' | 'chr' | 'int' | 'bool' | 'null';

/** The answer to a Get. For an interior node, the data are the names of its children. */
export interface NodeValue {
  readonly format: NodeFormat;
  readonly data: string;
}

/** A change that a command has made in the tree. */
export interface Change {
  /** Default 200. */
  readonly status?: SyncStatus | undefined;
  /** Undoes the change when its Atomic fails. @throws Error if the change cannot be undone */
  undo(): void;
  /**
   * Work that begins after the whole document was carried out, such as a download. If the Atomic fails, the work is
   * dropped.
   */
  readonly afterwards?: (() => void) | undefined;
}

/**
 * The part of a device that OMA-DM commands read and change. Each function throws SyncRefusal if it refuses the
 * command.
 */
export interface ManagementTree {
  get(node: NodeAddress): NodeValue;
  add(node: NodeAddress, value: GivenValue): Change;
  replace(node: NodeAddress, value: GivenValue): Change;
  delete(node: NodeAddress): Change;
  exec(node: NodeAddress, value: GivenValue): Change;
}

/** The value in a command. */
export interface GivenValue {
  readonly format: string | undefined;
  readonly data: string | undefined;
}
