import type { NodeFormat } from '../syncml/index.js';

/** Commands that a node may accept. */
export type Access = 'Add' | 'Delete' | 'Exec' | 'Get' | 'Replace';

/** A node of the configuration service provider eUICCs, below `./Device/Vendor/MSFT/eUICCs`. */
export interface NodeDefinition {
  /** Path from the eUICC's node. A name in braces stands for any name. Empty: the eUICC's node itself. */
  readonly path: string;
  readonly format: NodeFormat;
  readonly access: readonly Access[];
  /** Value of the node until a command sets another value. */
  readonly default?: string;
  /** First build of Windows that has the node. */
  readonly build: number;
  /** Whether only preview builds have the node. */
  readonly isPreview?: boolean;
  readonly meaning: string;
}

const v1709 = 16_299;
const v1803 = 17_134;
const win11 = 22_000;
const win11v22H2 = 22_621;

const get = ['Get'] as const;
const addGetReplace = ['Add', 'Get', 'Replace'] as const;
const addDeleteGetReplace = ['Add', 'Delete', 'Get', 'Replace'] as const;

/** The whole tree below an eUICC. */
export const euiccNodes = [
  {
    path: '',
    format: 'node',
    access: get,
    build: v1709,
    meaning: 'an eUICC, named by its EID; `Default` is the active eUICC',
  },
  { path: 'Identifier', format: 'chr', access: get, build: v1709, meaning: 'EID, or a hash of it' },
  { path: 'IsActive', format: 'bool', access: get, build: v1709, meaning: 'whether the eUICC is active' },
  {
    path: 'PPR1Allowed',
    format: 'bool',
    access: get,
    build: v1709,
    meaning: 'whether a profile with PPR1 may be installed; always false if the eUICC already has a profile',
  },
  {
    path: 'PPR1AlreadySet',
    format: 'bool',
    access: get,
    build: v1709,
    meaning: 'whether a profile with PPR1 is installed',
  },
  { path: 'DownloadServers', format: 'node', access: get, build: win11, meaning: 'discovery requests' },
  {
    path: 'DownloadServers/{ServerName}',
    format: 'node',
    access: addDeleteGetReplace,
    build: win11,
    meaning: 'FQDN of an SM-DP+ or SM-DS; creating the node starts a discovery',
  },
  {
    path: 'DownloadServers/{ServerName}/DiscoveryState',
    format: 'int',
    access: get,
    default: '1',
    build: win11,
    meaning: '1 Requested, 2 Executing, 3 Completed, 4 Failed',
  },
  {
    path: 'DownloadServers/{ServerName}/AutoEnable',
    format: 'bool',
    access: addGetReplace,
    default: 'false',
    build: win11,
    meaning: 'whether the discovered profile is enabled after its installation',
  },
  {
    path: 'DownloadServers/{ServerName}/IsDiscoveryServer',
    format: 'bool',
    access: addGetReplace,
    default: 'false',
    build: win11v22H2,
    meaning: 'whether the server is an SM-DS',
  },
  {
    path: 'DownloadServers/{ServerName}/MaximumAttempts',
    format: 'int',
    access: addGetReplace,
    default: '0',
    build: win11v22H2,
    isPreview: true,
    meaning: 'attempts of the discovery; 0: no limit',
  },
  {
    path: 'DownloadServers/{ServerName}/ICCID',
    format: 'chr',
    access: get,
    default: '',
    build: win11v22H2,
    isPreview: true,
    meaning: 'ICCID of the profile that the discovery has installed',
  },
  { path: 'Profiles', format: 'node', access: get, build: v1709, meaning: 'profiles of the enterprise' },
  {
    path: 'Profiles/{ICCID}',
    format: 'node',
    access: addDeleteGetReplace,
    build: v1709,
    meaning: 'a profile; creating the node starts the download, deleting the node deletes the profile',
  },
  {
    path: 'Profiles/{ICCID}/ServerName',
    format: 'chr',
    access: addGetReplace,
    build: v1709,
    meaning: 'FQDN of the SM-DP+',
  },
  {
    path: 'Profiles/{ICCID}/MatchingID',
    format: 'chr',
    access: addGetReplace,
    build: v1709,
    meaning: 'MatchingID of the activation code',
  },
  {
    path: 'Profiles/{ICCID}/State',
    format: 'int',
    access: get,
    default: '1',
    build: v1709,
    meaning: '1 Installing, 2 Installed, 3 Deleting, 4 Error',
  },
  {
    path: 'Profiles/{ICCID}/IsEnabled',
    format: 'bool',
    access: addGetReplace,
    build: v1803,
    meaning: 'whether the profile is enabled; setting it enables or disables the profile',
  },
  {
    path: 'Profiles/{ICCID}/PPR1Set',
    format: 'bool',
    access: get,
    build: v1709,
    meaning: 'whether PPR1 forbids disabling the profile',
  },
  {
    path: 'Profiles/{ICCID}/PPR2Set',
    format: 'bool',
    access: get,
    build: v1709,
    meaning: 'whether PPR2 forbids deleting the profile',
  },
  {
    path: 'Profiles/{ICCID}/ErrorDetail',
    format: 'int',
    access: get,
    default: '0',
    build: v1709,
    meaning: 'why the download failed; 0: no failure',
  },
  { path: 'Policies', format: 'node', access: get, build: v1709, meaning: 'policies of the eUICC' },
  {
    path: 'Policies/LocalUIEnabled',
    format: 'bool',
    access: ['Get', 'Replace'],
    default: 'true',
    build: v1709,
    meaning: 'whether the user may change eSIM settings',
  },
  { path: 'Actions', format: 'node', access: get, build: v1709, meaning: 'actions on the whole eUICC' },
  {
    path: 'Actions/ResetToFactoryState',
    format: 'chr',
    access: ['Exec'],
    build: v1709,
    meaning: 'deletes all profiles (eUICC memory reset)',
  },
  {
    path: 'Actions/Status',
    format: 'int',
    access: get,
    default: '0',
    build: v1709,
    meaning: 'HRESULT of the last action; 0: done, 1: running',
  },
] as const satisfies readonly NodeDefinition[];

/** Path of a node in {@link euiccNodes}. */
export type NodePath = (typeof euiccNodes)[number]['path'];

/** A definition with its path as a literal type. */
export interface EuiccNode extends NodeDefinition {
  readonly path: NodePath;
}

/** An addressed node of the tree. */
export interface FoundNode {
  readonly definition: EuiccNode;
  /** The name in place of `{ServerName}` or `{ICCID}`. Empty if the path has neither. */
  readonly key: string;
}

/** Finds the node at a path below the eUICC's node. `undefined` if the tree has no such node. */
export function findNode(names: readonly string[]): FoundNode | undefined {
  const definition = euiccNodes.find(({ path }) => {
    const steps = path === '' ? [] : path.split('/');
    return (
      steps.length === names.length && steps.every((step, index) => isName(step) || step === names[index])
    );
  });
  if (!definition) return undefined;
  const index = definition.path.split('/').findIndex(isName);
  return { definition, key: names[index] ?? '' };
}

const isName = (step: string): boolean => step.startsWith('{');
