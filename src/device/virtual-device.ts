import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import {
  factoryState,
  memoryOf,
  openStateFile,
  VirtualEuicc,
  type ConfiguredAddresses,
  type EuiccEdits,
  type EuiccMaterial,
  type EuiccTraits,
  type NonVolatileMemory,
  type ProfileInfo,
  type ProfileResult,
  type StoredNotification,
} from './euicc/index.js';
import {
  discover,
  download,
  Es9PlusClient,
  sendNotifications,
  Transport,
  type DiscoverOptions,
  type DownloadOptions,
  type DownloadResult,
  type Es9PlusOptions,
  type DiscoveryResult,
  type NotificationDelivery,
  type TransportOptions,
} from './lpa/index.js';
import { euiccOf } from './manufacture.js';
import { loadEuiccMaterial, MaterialError } from './material.js';

export interface VirtualDeviceOptions {
  /** A PKI folder (`loadEuiccMaterial`), or what was loaded or made before (`manufactureEuicc`). */
  readonly material: string | EuiccMaterial;
  /**
   * 32 digits. Default: the eUICC of the folder. Of another EID one is made, where the folder has the manufacturer's key (`CERT_EUM_*`
   * with `SK_EUM_*`); servers take those that the manufacturer may issue, 8904903200000000000000000000… of a PKI that this project made.
   */
  readonly eid?: string | undefined;
  /** File in which the eUICC keeps its state; default: it is forgotten on `close`. */
  readonly stateFile?: string | undefined;
  /** Number of the first notification of a new eUICC. Default 0. */
  readonly firstSeqNumber?: number | undefined;
  readonly traits?: Partial<EuiccTraits> | undefined;
  /** How servers are reached, and which TLS certificates are believed. */
  readonly server?: TransportOptions | undefined;
  /** How the LPA speaks ES9+. */
  readonly es9plus?: Es9PlusOptions | undefined;
  /** What makes the eUICC lie. */
  readonly edits?: EuiccEdits | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
}

/** A device with an eUICC and an LPA. ICCIDs are digits. */
export interface VirtualDevice {
  /** 32 digits. */
  readonly eid: string;
  /** The eUICC itself, for tests that go below the LPA. */
  readonly euicc: VirtualEuicc;
  /** Downloads and installs a profile (SGP.22 3.1.3), and delivers the ProfileInstallationResult.
   *
   * @throws LpaError: ServerRefusal, EuiccRefusal, SessionRefused, InstallationFailed, NonconformityError,
   * HttpStatusError, TransportError, UsageError (`null` for one: the profile has no activation code)
   */
  download(options: DownloadOptions | string | null): Promise<DownloadResult>;
  /**
   * Asks the default SM-DP+ and the SM-DSs, and downloads everything that they have for this eUICC (SGP.22 3.6).
   *
   * @returns what was found; what failed is a finding, too
   */
  discover(options?: DiscoverOptions): Promise<readonly DiscoveryResult[]>;
  /** ES10a.GetEuiccConfiguredAddresses (5.7.3): whom {@link discover} asks. */
  configuredAddresses(): ConfiguredAddresses;
  /** ES10a.SetDefaultDpAddress (5.7.4), and the root SM-DSs; what is left out stays, an empty address removes. */
  configure(addresses: Partial<ConfiguredAddresses>): void;
  /** ES10c.EnableProfile (5.7.16); the notifications wait for {@link sendNotifications}. */
  enable(iccid: string): ProfileResult;
  /** ES10c.DisableProfile (5.7.17). */
  disable(iccid: string): ProfileResult;
  /** ES10c.DeleteProfile (5.7.18). */
  delete(iccid: string): ProfileResult;
  /** ES10c.GetProfilesInfo (5.7.15). */
  profiles(): ProfileInfo[];
  /** What is not delivered yet, oldest first. */
  notifications(): readonly StoredNotification[];
  /** Delivers what waits (SGP.22 3.5); one that fails stays and is tried again the next time. */
  sendNotifications(): Promise<NotificationDelivery[]>;
  /** Closes the connections to servers. */
  close(): void;
}

/**
 * A virtual device.
 *
 * @example
 *     const device = createVirtualDevice({ material: 'certs', server: { ca: readFileSync('certs/CERT_CI_ECDSA_NIST.pem') } });
 *     const result = await device.download('LPA:1$localhost:8443$0A1B2-3C4D5-6E7F8-90ABC');
 *     device.enable(result.iccid);
 *     await device.sendNotifications();
 *     device.close();
 * @throws MaterialError, StateFileError
 */
export function createVirtualDevice(options: VirtualDeviceOptions): VirtualDevice {
  const material = materialOf(options);
  const { traits, edits, clock, random } = options;
  const memory = memoryFor(material.eid, options);
  const euicc = new VirtualEuicc({ material, memory, traits, edits, clock, random });
  const transport = new Transport(options.server);
  const connectTo = (address: string): Es9PlusClient =>
    new Es9PlusClient(address, transport, options.es9plus);
  return {
    eid: material.eid,
    euicc,
    download: (what) => download(euicc, connectTo, isCode(what) ? { activationCode: what } : what),
    discover: (discoverOptions) => discover(euicc, connectTo, discoverOptions),
    configuredAddresses: () => euicc.getEuiccConfiguredAddresses(),
    configure: ({ defaultSmdpAddress, rootSmdsAddresses }) => {
      if (defaultSmdpAddress !== undefined) euicc.setDefaultDpAddress(defaultSmdpAddress);
      if (rootSmdsAddresses !== undefined) euicc.setRootDsAddresses(rootSmdsAddresses);
    },
    enable: (iccid) => euicc.enableProfile(iccid),
    disable: (iccid) => euicc.disableProfile(iccid),
    delete: (iccid) => euicc.deleteProfile(iccid),
    profiles: () => euicc.getProfilesInfo(),
    notifications: () => euicc.retrieveNotificationsList(),
    sendNotifications: () => sendNotifications(euicc, connectTo),
    close: () => transport.close(),
  };
}

const isCode = (what: DownloadOptions | string | null): what is string | null =>
  what === null || typeof what === 'string';

/** @throws MaterialError */
function materialOf({ material, eid }: VirtualDeviceOptions): EuiccMaterial {
  if (typeof material === 'string')
    return eid === undefined ? loadEuiccMaterial(material) : euiccOf(material, eid);
  if (eid === undefined || eid === material.eid) return material;
  throw new MaterialError(
    `the material is of the eUICC ${material.eid}, not of ${eid}; make one with manufactureEuicc, or name a PKI folder`,
  );
}

const memoryFor = (eid: string, { stateFile, firstSeqNumber }: VirtualDeviceOptions): NonVolatileMemory =>
  stateFile === undefined
    ? memoryOf(factoryState(eid, firstSeqNumber))
    : openStateFile(stateFile, eid, firstSeqNumber);
