import { isAddress } from '../../../base/address.js';
import {
  SyncRefusal,
  SyncStatus,
  type Change,
  type GivenValue,
  type ManagementTree,
  type NodeAddress,
  type NodeValue,
} from '../syncml/index.js';
import { addLeaf, replaceLeaf, type Leaf } from './change-leaf.js';
import { euiccNodes, findNode, type Access, type FoundNode } from './nodes.js';
import { HResult } from './lpa-work.js';
import { euiccNameOf, type PcEuicc } from './pc-euicc.js';
import { readLeaf } from './read-leaf.js';
import type { WindowsSettings } from './settings.js';
import { newProfile, newServer, ProfileState } from './state.js';

/** Names of the root of the configuration service provider. */
export const rootNames = ['Device', 'Vendor', 'MSFT', 'eUICCs'] as const;

/** The node name that stands for the active eUICC. */
const activeEuicc = 'Default';

/** A node that a command addresses: the root, or a node of an eUICC. */
type Addressed = 'root' | (FoundNode & { readonly euicc: PcEuicc });

/**
 * The configuration service provider eUICCs of a PC. Commands read and change its nodes. On a PC without eUICC, the
 * root is empty.
 */
export class EuiccTree implements ManagementTree {
  constructor(
    private readonly given: PcEuicc | undefined,
    private readonly settings: () => WindowsSettings,
  ) {}

  private get euicc(): PcEuicc | undefined {
    return this.settings().hasEuicc ? this.given : undefined;
  }

  /** Drops the nodes of profiles that the user has deleted on the PC. */
  refresh(): void {
    if (!this.given) return;
    const { device, state } = this.given;
    const there = new Set(device.profiles().map(({ iccid }) => iccid));
    for (const profile of state.profiles.values())
      if (profile.state === ProfileState.installed && !there.has(profile.installedIccid ?? profile.iccid))
        state.profiles.delete(profile.iccid);
  }

  get(node: NodeAddress): NodeValue {
    const found = this.#find(node, 'Get');
    if (found === 'root')
      return { format: 'node', data: this.euicc ? euiccNameOf(this.euicc.device.eid, this.settings()) : '' };
    const { definition } = found;
    if (definition.format === 'node') return { format: 'node', data: this.#children(found) };
    return { format: definition.format, data: readLeaf(found.euicc, found, this.settings()) };
  }

  add(node: NodeAddress, value: GivenValue): Change {
    const found = this.#found(node, 'Add');
    const { definition, key, euicc } = found;
    if (definition.path === 'DownloadServers/{ServerName}') return addServer(euicc, key, this.settings());
    if (definition.path === 'Profiles/{ICCID}') return addProfile(euicc, key, this.settings());
    return this.#addLeaf(found, value);
  }

  replace(node: NodeAddress, value: GivenValue): Change {
    const found = this.#found(node, 'Replace');
    const { definition, key, euicc } = found;
    if (definition.path === 'DownloadServers/{ServerName}')
      return restart(euicc.state.servers.get(key), this.settings(), (server) => euicc.work.discover(server));
    if (definition.path === 'Profiles/{ICCID}')
      return restart(euicc.state.profiles.get(key), this.settings(), (profile) => {
        if (profile.state === ProfileState.error) euicc.work.install(profile);
      });
    this.#requireParent(found);
    return replaceLeaf(leafOf(found, value, this.settings()));
  }

  delete(node: NodeAddress): Change {
    const { definition, key, euicc } = this.#found(node, 'Delete');
    return definition.path === 'DownloadServers/{ServerName}'
      ? deleteServer(euicc, key)
      : deleteProfile(euicc, key, this.settings());
  }

  exec(node: NodeAddress): Change {
    const { euicc } = this.#found(node, 'Exec');
    const { state, work } = euicc;
    const before = state.actionStatus;
    state.actionStatus = HResult.running;
    return {
      status: this.settings().execStatus,
      undo: () => void (state.actionStatus = before),
      afterwards: () => work.reset(),
    };
  }

  /** An Add of a leaf also makes its parent node (implicit Add). */
  #addLeaf(found: Addressed & object, value: GivenValue): Change {
    const { definition, key, euicc } = found;
    const { state } = euicc;
    const isServer = definition.path.startsWith('DownloadServers/');
    const exists = isServer ? state.servers.has(key) : state.profiles.has(key);
    const settings = this.settings();
    const made = exists ? undefined : (isServer ? addServer : addProfile)(euicc, key, settings);
    try {
      const change = addLeaf(leafOf(found, value, settings));
      return {
        status: made?.status ?? change.status,
        undo: () => {
          change.undo();
          made?.undo();
        },
        afterwards: made?.afterwards ?? change.afterwards,
      };
    } catch (error) {
      made?.undo();
      throw error;
    }
  }

  #requireParent({ definition: { path }, key, euicc: { state } }: Addressed & object): void {
    if (path.startsWith('DownloadServers/') && !state.servers.has(key)) throw notFound();
    if (path.startsWith('Profiles/') && !state.profiles.has(key)) throw notFound();
  }

  #children({ definition: { path }, euicc: { state } }: Addressed & object): string {
    if (path === 'DownloadServers') return inUri(state.servers.keys());
    if (path === 'Profiles') return inUri(state.profiles.keys());
    const prefix = path === '' ? '' : `${path}/`;
    const below = euiccNodes.filter(
      (node) =>
        node.path !== path &&
        node.path.startsWith(prefix) &&
        !node.path.slice(prefix.length).includes('/') &&
        this.#exists(node),
    );
    return inUri(below.map((node) => node.path.slice(prefix.length)));
  }

  #exists({ build, isPreview }: { readonly build: number; readonly isPreview?: boolean }): boolean {
    const settings = this.settings();
    return settings.build >= build && (!isPreview || settings.previewNodes);
  }

  #found(node: NodeAddress, command: Access): Addressed & object {
    const found = this.#find(node, command);
    if (found === 'root') throw new SyncRefusal(SyncStatus.notAllowed, 'the root accepts only Get');
    return found;
  }

  /**
   * Finds the node for a command. Checks, in the same order as Windows: the node exists; this build of Windows has it;
   * the node accepts the command; the server has the access right.
   */
  #find({ names, query }: NodeAddress, command: Access): Addressed {
    const [euiccName, ...below] = withoutRoot(names);
    if (query !== '')
      throw new SyncRefusal(SyncStatus.notSupported, `the property '${query}' is not supported`);
    if (euiccName === undefined) return 'root';
    const { euicc } = this;
    if (!euicc || (euiccName !== activeEuicc && euiccName !== euiccNameOf(euicc.device.eid, this.settings())))
      throw notFound();
    const found = findNode(below);
    if (!found) throw notFound();
    if (!this.#exists(found.definition))
      throw new SyncRefusal(SyncStatus.notSupported, 'this build of Windows does not have the node');
    if (!found.definition.access.some((each) => each === command))
      throw new SyncRefusal(SyncStatus.notAllowed, `the node accepts ${found.definition.access.join(', ')}`);
    if (command !== 'Get') this.#requireRights(names);
    if (command === 'Get' && below.length > 1) this.#requireNode({ ...found, euicc });
    return { ...found, euicc };
  }

  #requireNode(found: Addressed & object): void {
    this.#requireParent(found);
    const { path } = found.definition;
    const { servers, profiles } = found.euicc.state;
    if (path === 'DownloadServers/{ServerName}' && !servers.has(found.key)) throw notFound();
    if (path === 'Profiles/{ICCID}' && !profiles.has(found.key)) throw notFound();
  }

  #requireRights(names: readonly string[]): void {
    const asked = comparable(names);
    const isReadOnly = this.settings().readOnly.some((prefix) => {
      const denied = comparable(prefix.split('/').filter((step) => step !== '.'));
      return asked === denied || asked.startsWith(`${denied}/`);
    });
    if (isReadOnly) throw new SyncRefusal(SyncStatus.permissionDenied, 'the server may only read the node');
  }
}

/** The path for comparisons, without `Device`, which is optional. */
const comparable = (names: readonly string[]): string =>
  (names[0]?.toLowerCase() === 'device' ? names.slice(1) : names).join('/');

function withoutRoot(names: readonly string[]): readonly string[] {
  const rest = names[0]?.toLowerCase() === 'device' ? names.slice(1) : names;
  const root = rootNames.slice(1);
  if (!root.every((name, index) => rest[index]?.toLowerCase() === name.toLowerCase())) throw notFound();
  return rest.slice(root.length);
}

const notFound = (): SyncRefusal => new SyncRefusal(SyncStatus.notFound, 'there is no such node');

const inUri = (names: Iterable<string>): string =>
  [...names].map((name) => encodeURIComponent(name)).join('/');

const leafOf = (
  { definition, key, euicc }: FoundNode & { readonly euicc: PcEuicc },
  value: GivenValue,
  settings: WindowsSettings,
): Leaf => ({ definition, key, euicc, value, settings });

function addServer({ state, work }: PcEuicc, name: string, { addStatus }: WindowsSettings): Change {
  if (!isAddress(name)) throw new SyncRefusal(SyncStatus.badRequest, 'the node name is not a host name');
  if (state.servers.has(name)) throw new SyncRefusal(SyncStatus.existsAlready, 'the server already exists');
  const server = newServer(name);
  state.servers.set(name, server);
  return {
    status: addStatus,
    undo: () => void state.servers.delete(name),
    afterwards: () => work.discover(server),
  };
}

function addProfile({ state, work }: PcEuicc, iccid: string, { addStatus }: WindowsSettings): Change {
  if (!/^[0-9A-F]{18,20}$/i.test(iccid))
    throw new SyncRefusal(SyncStatus.badRequest, 'the node name is not an ICCID');
  if (state.profiles.has(iccid))
    throw new SyncRefusal(SyncStatus.existsAlready, 'the profile already exists');
  const profile = newProfile(iccid);
  state.profiles.set(iccid, profile);
  return {
    status: addStatus,
    undo: () => void state.profiles.delete(iccid),
    afterwards: () => work.install(profile),
  };
}

function restart<T>(node: T | undefined, settings: WindowsSettings, begin: (node: T) => void): Change {
  if (!node) throw notFound();
  if (!settings.replaceRestarts) return { undo: () => undefined };
  return { status: settings.addStatus, undo: () => undefined, afterwards: () => begin(node) };
}

/** Deletes a download server. The profile from this server stays. */
function deleteServer({ state }: PcEuicc, name: string): Change {
  const server = state.servers.get(name);
  if (!server) throw notFound();
  state.servers.delete(name);
  return { undo: () => void state.servers.set(name, server) };
}

function deleteProfile({ state, work }: PcEuicc, iccid: string, { addStatus }: WindowsSettings): Change {
  const profile = state.profiles.get(iccid);
  if (!profile) throw notFound();
  const before = profile.state;
  profile.state = ProfileState.deleting;
  return {
    status: addStatus,
    undo: () => void (profile.state = before),
    afterwards: () => work.remove(profile),
  };
}
