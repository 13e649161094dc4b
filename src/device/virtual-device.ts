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
  type MemoryResetOptions,
  type MemoryResetResult,
  type NicknameResult,
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
  type Link,
  type TransportOptions,
} from './lpa/index.js';
import { cardMaterial, checkCardProperties, euiccOptions, type CardProperties } from './card/index.js';
import { withHabits } from './card/habits.js';
import { MaterialError } from './material.js';

/** Options of {@link createVirtualDevice}. Only `material` is mandatory. */
export interface VirtualDeviceOptions {
  /** Path of a PKI folder, or the result of `loadEuiccMaterial`, `manufactureEuicc` or `euiccFromPem`. */
  readonly material: string | EuiccMaterial;
  /**
   * 32 digits. Default: the first eUICC of the folder. If the folder has no eUICC with this EID, the eUICC is made with
   * the manufacturer's key (`SK_EUM_*`). If the manufacturer may not issue the EID, the CI certifies a new
   * manufacturer. This needs the CI's key (`SK_CI_*`) in the folder. Without this key, servers refuse the eUICC.
   */
  readonly eid?: string | undefined;
  /** JSON file in which the eUICC keeps its state. Default: the state is lost with the device. */
  readonly stateFile?: string | undefined;
  /** Sequence number of a new eUICC's first notification. Default 0. */
  readonly firstSeqNumber?: number | undefined;
  /**
   * Properties of the eUICC and the device as JSON: EID, versions, CIs, memory, tolerance, failures on purpose.
   * `docs/card-properties.md` lists them. `eid` and `traits` take precedence over them.
   */
  readonly card?: CardProperties | undefined;
  /** Properties of the eUICC that differ from `defaultTraits`. */
  readonly traits?: Partial<EuiccTraits> | undefined;
  /** How the LPA connects to servers, and which TLS certificates it trusts. */
  readonly server?: TransportOptions | undefined;
  /** Wraps the connection to servers, for example to lose requests or to measure them. Default: the connection itself. */
  readonly link?: ((link: Link) => Link) | undefined;
  /** SGP.22 version, strictness and edits of the LPA's ES9+ requests. */
  readonly es9plus?: Es9PlusOptions | undefined;
  /** Changes what the eUICC sends or signs, to imitate a faulty or hostile eUICC. */
  readonly edits?: EuiccEdits | undefined;
  /** The time at which the eUICC checks certificates. Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** Source of the eUICC's challenges. Default: the system's random numbers. */
  readonly random?: Random | undefined;
}

/** A device with an eUICC and an LPA. ICCIDs are strings of digits. */
export interface VirtualDevice {
  /** 32 digits. */
  readonly eid: string;
  /** The properties in which this card differs from a strict card without failures. */
  readonly card: CardProperties;
  /**
   * Replaces the card properties, except the EID. Profiles and notifications stay on the eUICC, and the failures are
   * counted from zero again.
   *
   * @throws CardPropertiesError when a property is wrong
   * @throws MaterialError when the eUICC has no certificate or no CI on the requested curve
   */
  changeCard(properties: CardProperties): void;
  /** The eUICC, for tests that call its ES10 functions directly. */
  readonly euicc: VirtualEuicc;
  /**
   * Downloads and installs a profile (SGP.22 3.1.3), and delivers the ProfileInstallationResult.
   *
   * @param options an activation code, or options. The control API returns `null` as the activation code of a profile
   * whose order is not confirmed; `null` raises UsageError.
   * @throws ServerRefusal when the server refuses; `status` is its status code, for example `8.2.6/3.8`
   * @throws EuiccRefusal when the eUICC refuses the server
   * @throws SessionRefused when the LPA cancels the session because of the server's answer
   * @throws InstallationFailed when the eUICC cannot install the package
   * @throws NonconformityError, HttpStatusError, TransportError when the server does not answer as SGP.22 says
   * @throws UsageError when the activation code or an option is wrong
   */
  download(options: DownloadOptions | string | null): Promise<DownloadResult>;
  /**
   * Asks the default SM-DP+ and the SM-DSs for profiles, and downloads all profiles for this eUICC (SGP.22 3.6).
   *
   * @returns one result for each download. A failed download has `error`, and does not end the discovery.
   */
  discover(options?: DiscoverOptions): Promise<readonly DiscoveryResult[]>;
  /** ES10a.GetEuiccConfiguredAddresses (5.7.3): the servers that {@link discover} asks. */
  configuredAddresses(): ConfiguredAddresses;
  /**
   * Sets the default SM-DP+ (ES10a.SetDefaultDpAddress, 5.7.4) and the root SM-DSs. Omitted members stay unchanged. An
   * empty `defaultSmdpAddress` removes the default SM-DP+.
   */
  configure(addresses: Partial<ConfiguredAddresses>): void;
  /** ES10c.EnableProfile (5.7.16). {@link sendNotifications} delivers the notifications. */
  enable(iccid: string): ProfileResult;
  /** ES10c.DisableProfile (5.7.17). */
  disable(iccid: string): ProfileResult;
  /** ES10c.DeleteProfile (5.7.18). */
  delete(iccid: string): ProfileResult;
  /** ES10c.SetNickname (5.7.21): the user's name for a profile, up to 64 characters. An empty text removes the name. */
  setNickname(iccid: string, nickname: string): NicknameResult;
  /** ES10c.eUICCMemoryReset (5.7.19): deletes all profiles and removes the default SM-DP+, unless `options` say otherwise. */
  reset(options?: MemoryResetOptions): MemoryResetResult;
  /** ES10c.GetProfilesInfo (5.7.15). */
  profiles(): ProfileInfo[];
  /** Undelivered notifications, oldest first (ES10b.RetrieveNotificationsList, 5.7.10). */
  notifications(): readonly StoredNotification[];
  /** Delivers the notifications (SGP.22 3.5). A notification that cannot be delivered is kept for the next call. */
  sendNotifications(): Promise<NotificationDelivery[]>;
  /** Closes the connections to servers. */
  close(): void;
}

/**
 * Creates a virtual device.
 *
 * @example
 *     const device = createVirtualDevice({ material: 'certs', server: { ca: readFileSync('certs/CERT_CI_ECDSA_NIST.pem') } });
 *     const result = await device.download('LPA:1$localhost:8443$0A1B2-3C4D5-6E7F8-90ABC');
 *     device.enable(result.iccid);
 *     await device.sendNotifications();
 *     device.close();
 * @throws CardPropertiesError when `card` has a wrong property; the message says what is allowed
 * @throws MaterialError when the PKI material is incomplete, or belongs to another EID than `eid`
 * @throws StateFileError when `stateFile` is damaged, or belongs to another eUICC
 */
export function createVirtualDevice(options: VirtualDeviceOptions): VirtualDevice {
  const { traits, edits, clock, random } = options;
  let card = checkCardProperties(options.card ?? {}, 'card');
  const material = materialOf(options, card);
  const memory = memoryFor(material.eid, { firstSeqNumber: card.firstSeqNumber, ...options });
  const euiccWith = (properties: CardProperties): VirtualEuicc => {
    const own = euiccOptions(material, properties);
    return new VirtualEuicc({
      ...own,
      ...{ memory, edits, clock, random, traits: { ...own.traits, ...traits } },
    });
  };
  let euicc = euiccWith(card);
  const transport = new Transport(options.server);
  const link = options.link?.(transport) ?? transport;
  const es9plus = { ...(card.lenient && { strict: false }), ...options.es9plus };
  const connectTo = (address: string): Es9PlusClient => new Es9PlusClient(address, link, es9plus);
  return {
    eid: material.eid,
    get card() {
      return card;
    },
    get euicc() {
      return euicc;
    },
    changeCard: (properties) => {
      const changed = checkCardProperties({ ...properties, eid: card.eid }, 'card');
      euicc = euiccWith(changed);
      card = changed;
      memory.state.failures = {};
      memory.commit();
    },
    download: (what) =>
      download(euicc, connectTo, withHabits(isCode(what) ? { activationCode: what } : what, card, memory)),
    discover: (discoverOptions = {}) => discover(euicc, connectTo, withHabits(discoverOptions, card, memory)),
    configuredAddresses: () => euicc.getEuiccConfiguredAddresses(),
    configure: ({ defaultSmdpAddress, rootSmdsAddresses }) => {
      if (defaultSmdpAddress !== undefined) euicc.setDefaultDpAddress(defaultSmdpAddress);
      if (rootSmdsAddresses !== undefined) euicc.setRootDsAddresses(rootSmdsAddresses);
    },
    enable: (iccid) => euicc.enableProfile(iccid),
    disable: (iccid) => euicc.disableProfile(iccid),
    delete: (iccid) => euicc.deleteProfile(iccid),
    setNickname: (iccid, nickname) => euicc.setNickname(iccid, nickname),
    reset: (resetOptions) => euicc.memoryReset(resetOptions),
    profiles: () => euicc.getProfilesInfo(),
    notifications: () => euicc.retrieveNotificationsList(),
    sendNotifications: () => sendNotifications(euicc, connectTo),
    close: () => transport.close(),
  };
}

const isCode = (what: DownloadOptions | string | null): what is string | null =>
  what === null || typeof what === 'string';

/** @throws MaterialError */
function materialOf({ material, ...options }: VirtualDeviceOptions, card: CardProperties): EuiccMaterial {
  const eid = options.eid ?? card.eid;
  if (typeof material === 'string') return cardMaterial(material, { eid });
  if (eid === undefined || eid === material.eid) return material;
  throw new MaterialError(
    `the material belongs to eUICC ${material.eid}, not ${eid}; make an eUICC with manufactureEuicc, or name a PKI folder`,
  );
}

const memoryFor = (eid: string, { stateFile, firstSeqNumber }: VirtualDeviceOptions): NonVolatileMemory =>
  stateFile === undefined
    ? memoryOf(factoryState(eid, firstSeqNumber))
    : openStateFile(stateFile, eid, firstSeqNumber);
