import type { ErrorDetail } from './error-detail.js';

/** Properties of a virtual PC. Testers can choose the values that the documentation of Windows leaves open. */
export interface WindowsSettings {
  /** Whether the PC has an eUICC. Without an eUICC, the tree is empty. */
  readonly hasEuicc: boolean;
  /** Build of Windows. The PC answers 406 for nodes that came with a later build. 22621 is Windows 11 22H2. */
  readonly build: number;
  /** Whether the nodes of preview builds (`MaximumAttempts`, `ICCID` of a download server) exist. */
  readonly previewNodes: boolean;
  /** Name of the eUICC's node in the tree: its EID, or a SHA-256 hash of its EID. */
  readonly euiccName: 'eid' | 'hash';
  /** Status of an Add or Replace that starts work. */
  readonly addStatus: 200 | 202;
  /** Status of an Exec. */
  readonly execStatus: 200 | 202;
  /** Status of a value that the node does not accept, such as `maybe` in a `bool`. */
  readonly wrongValueStatus: 400 | 500;
  /** Whether a MatchingID must be four groups of five hex digits. `false` also accepts MatchingIDs that stand for a fault. */
  readonly windowsMatchingIds: boolean;
  /**
   * `one`: a discovery ends with its first profile. `all`: a discovery continues until the server has no more profiles.
   */
  readonly profilesPerDiscovery: 'one' | 'all';
  /** ErrorDetail values after which the PC tries again. 0: the server had no profile and gave no reason. */
  readonly retryAfter: readonly ErrorDetail[];
  /** Attempts in total. 0: no limit. The node `MaximumAttempts` takes precedence. */
  readonly maximumAttempts: number;
  /** Seconds between two attempts. At least 1 if the number of attempts has no limit. */
  readonly retrySeconds: number;
  /** What the PC does if the server requires a confirmation code. The tree has no node for the code. */
  readonly confirmationCode: 'cancel' | 'send-none';
  /** What the PC does if the ICCID of the offered profile is not the ICCID of the node. */
  readonly otherIccid: 'install' | 'refuse';
  /** Whether profiles that a discovery has installed appear below `Profiles`. */
  readonly listsDiscovered: boolean;
  /** Whether the PC asks its download servers again after its eUICC was reset. */
  readonly discoversAfterReset: boolean;
  /** Whether a Replace of a download server or a profile starts the discovery or download again. */
  readonly replaceRestarts: boolean;
  /** Whether the PC reports the end of a download or discovery with alert 1226. */
  readonly alerts: boolean;
  /** Type of the alert. */
  readonly alertType: string;
  /** Source of the alert: the root of the tree, or the node that has changed. */
  readonly alertSource: 'root' | 'node';
  /**
   * Whether a wiped or unenrolled PC deletes the profiles that a discovery has installed. The PC always deletes
   * profiles of activation codes.
   */
  readonly removesDiscovered: boolean;
  /**
   * LocURIs of nodes that the management server may only read. The same holds for all nodes below them. The PC answers
   * 425 to commands other than Get.
   */
  readonly readOnly: readonly string[];
  /** Credentials that a document must carry (`syncml:auth-basic`), as `user:password`. Empty: none. */
  readonly credentials: string;
  /**
   * ErrorDetail with which the next download or discovery fails. The PC then sends no request to a server. 0: the next
   * download or discovery runs normally.
   */
  readonly failNextWith: number;
}

/** The default settings: Windows 11 23H2, as Microsoft documents it. */
export const defaultWindowsSettings: WindowsSettings = {
  hasEuicc: true,
  build: 22_631,
  previewNodes: false,
  euiccName: 'eid',
  addStatus: 200,
  execStatus: 202,
  wrongValueStatus: 400,
  windowsMatchingIds: false,
  profilesPerDiscovery: 'one',
  retryAfter: [0, 10, 12, 14],
  maximumAttempts: 3,
  retrySeconds: 2,
  confirmationCode: 'cancel',
  otherIccid: 'install',
  listsDiscovered: true,
  discoversAfterReset: false,
  replaceRestarts: true,
  alerts: true,
  alertType: 'com.microsoft.mdm.euiccs.profilestate',
  alertSource: 'root',
  removesDiscovered: false,
  readOnly: [],
  credentials: '',
  failNextWith: 0,
};

/** Shortest pause between attempts without a limit, in seconds. A PC without a pause would keep the server busy for ever. */
export const shortestEndlessPause = 1;

/** Whether a PC with these settings would try again and again almost without a pause. */
export const triesWithoutPause = ({
  maximumAttempts,
  retrySeconds,
}: Pick<WindowsSettings, 'maximumAttempts' | 'retrySeconds'>): boolean =>
  maximumAttempts === 0 && retrySeconds < shortestEndlessPause;
