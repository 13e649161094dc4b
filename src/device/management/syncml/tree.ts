import type { NodeAddress } from './loc-uri.js';
import type { SyncStatus } from './status.js';

/** Formats of nodes (MIME types of OMA-DM's Meta). */
export type NodeFormat = 'node' | 'chr' | 'int' | 'bool' | 'null';

/** What a Get answers. The data of an interior node are the names of its children. */
export interface NodeValue {
  readonly format: NodeFormat;
  readonly data: string;
}

/** A change of the tree that a command made. */
export interface Change {
  /** Default 200. */
  readonly status?: SyncStatus | undefined;
  /** Takes the change back when its Atomic fails. @throws Error if it cannot be taken back */
  undo(): void;
  /** Work that begins after the document was carried out, such as a download. An Atomic that fails drops it. */
  readonly afterwards?: (() => void) | undefined;
}

/** The part of a device that OMA-DM commands read and change. All functions throw SyncRefusal. */
export interface ManagementTree {
  get(node: NodeAddress): NodeValue;
  add(node: NodeAddress, value: GivenValue): Change;
  replace(node: NodeAddress, value: GivenValue): Change;
  delete(node: NodeAddress): Change;
  exec(node: NodeAddress, value: GivenValue): Change;
}

/** The value that a command gives. */
export interface GivenValue {
  readonly format: string | undefined;
  readonly data: string | undefined;
}
