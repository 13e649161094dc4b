import type { Clock } from '../../../base/clock.js';
import { deviceWords } from '../../../wire/device-words/index.js';
import { ParkError, type Operation, type ParkedDevice } from '../../park/index.js';
import { addEsim, removeEsim, wipe } from './actions.js';
import { firstVersions, isUnderWay, type AndroidCommand, type CommandStatus } from './command.js';
import { internalError } from './euicc-error.js';
import type { IssuedCommand, Outcome } from './issued-command.js';
import { esimOutcome } from './outcome.js';
import { defaultAndroidSettings, type AndroidSettings } from './settings.js';

/** Maximum number of commands that a device keeps. */
const mostCommands = 100;

interface Kept extends Pick<IssuedCommand, 'id' | 'command' | 'createdAt'> {
  readonly outcome: Outcome;
}

/** A managed Android device. It implements the eSIM commands of the Android Management API. */
export class AndroidDevice {
  #settings: AndroidSettings = defaultAndroidSettings;
  /** ICCIDs of the eSIMs that ADD_ESIM added. The enterprise can remove only these. */
  readonly #managed = new Set<string>();
  #commands: readonly Kept[] = [];
  #lastId = 0;

  constructor(
    private readonly parked: ParkedDevice,
    private readonly clock: Clock,
  ) {}

  get settings(): AndroidSettings {
    return this.#settings;
  }

  configure(settings: Partial<AndroidSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** EIDs that the enterprise sees without a command. Only company-owned devices with Android 13 or later show their EID. */
  get visibleEids(): readonly string[] {
    const { ownership, androidVersion, hasEuicc } = this.#settings;
    return ownership === 'company' && androidVersion >= 13 && hasEuicc ? [this.parked.eid] : [];
  }

  /** ICCIDs of the profiles that the enterprise manages. */
  get managedIccids(): readonly string[] {
    return this.parked.device.profiles().flatMap(({ iccid }) => (this.#managed.has(iccid) ? [iccid] : []));
  }

  /** The newest commands, oldest first. */
  get commands(): readonly IssuedCommand[] {
    return this.#commands.map(issued);
  }

  command(id: number): IssuedCommand | undefined {
    const kept = this.#commands.find((each) => each.id === id);
    return kept && issued(kept);
  }

  /** Carries out a command. Long work continues after the call, as an operation of the park. */
  issue(command: AndroidCommand): IssuedCommand {
    const kept: Kept = {
      ...{ id: ++this.#lastId, command, createdAt: this.clock.now().getTime() },
      outcome: this.#execute(command),
    };
    this.#commands = [...this.#commands, kept].slice(-mostCommands);
    return issued(kept);
  }

  #execute(command: AndroidCommand): Outcome {
    const { androidVersion, isSetupInProgress, hasEuicc } = this.#settings;
    if (androidVersion < firstVersions[command.type]) return known({ errorCode: 'API_LEVEL' });
    if (command.type === 'REQUEST_DEVICE_INFO') return this.#deviceInfo();
    if (command.type === 'WIPE') return this.#wipe(command.wipeParams.wipeDataFlags.includes('WIPE_ESIMS'));
    if (isSetupInProgress) return known({ esimStatus: { status: 'ERROR_SETUP_IN_PROGRESS' } });
    if (!hasEuicc) return failed('noEuicc');
    return command.type === 'ADD_ESIM'
      ? this.#add(command.addEsimParams)
      : this.#remove(command.removeEsimParams.iccId);
  }

  #add({
    activationCode,
    activationState,
  }: (AndroidCommand & { type: 'ADD_ESIM' })['addEsimParams']): Outcome {
    const activates = activationState === 'ACTIVATED';
    if (activates && !this.#hasFreeSlot())
      return known({ esimStatus: { status: 'ERROR_MULTIPLE_ACTIVE_ESIMS_NO_AVAILABLE_SLOT' } });
    const operation = this.#started(() =>
      addEsim(this.parked, activationCode, activates, (iccid) => this.#managed.add(iccid)),
    );
    return operation ? () => esimOutcome(operation.record) : failed('busy');
  }

  /**
   * Whether the device can enable another eSIM. A phone with one slot switches to the new eSIM. On a phone with several
   * slots, a slot must be free.
   */
  #hasFreeSlot(): boolean {
    const { slots, activeElsewhere } = this.#settings;
    const own = this.parked.device.profiles().filter(({ state }) => state === 'enabled').length;
    return slots === 1 || own + activeElsewhere < slots;
  }

  #remove(iccid: string): Outcome {
    if (!this.managedIccids.includes(iccid))
      return known({ esimStatus: { status: 'ERROR_ICC_ID_NOT_FOUND' } });
    const operation = this.#started(() => removeEsim(this.parked, iccid, () => this.#managed.delete(iccid)));
    return operation ? () => esimOutcome(operation.record) : failed('busy');
  }

  #deviceInfo(): Outcome {
    const { hasEuicc, ownership } = this.#settings;
    const eidInfo = { eids: [{ eid: this.parked.eid }] };
    if (!hasEuicc) return known({ requestDeviceInfoStatus: { status: 'UNSUPPORTED' } });
    if (ownership === 'company') return known({ requestDeviceInfoStatus: { status: 'SUCCEEDED', eidInfo } });
    let answer: AndroidSettings['deviceInfoConsent'] = 'pending';
    return () => {
      // The user answers once. Later changes of the setting do not change the answer.
      if (answer === 'pending') answer = this.#settings.deviceInfoConsent;
      const status = {
        granted: 'SUCCEEDED',
        declined: 'USER_DECLINED',
        pending: 'PENDING_USER_ACTION',
      } as const;
      return {
        status: {
          requestDeviceInfoStatus: { status: status[answer], ...(answer === 'granted' && { eidInfo }) },
        },
      };
    };
  }

  /**
   * A wipe keeps the eSIMs unless the flag WIPE_ESIMS is set. On a personal device, a wipe removes the work profile,
   * and from Android 16 also the eSIMs that the enterprise manages.
   */
  #wipe(wipesEsims: boolean): Outcome {
    const { ownership, androidVersion } = this.#settings;
    const goes = wipesEsims
      ? 'all'
      : ownership === 'personal' && androidVersion >= 16
        ? this.managedIccids
        : [];
    const operation = this.#started(() => wipe(this.parked, goes));
    if (!operation) return failed('busy');
    this.#managed.clear();
    return () => ({ status: {}, isDone: operation.hasEnded });
  }

  /** @returns `undefined` if the device is busy */
  #started(start: () => Operation): Operation | undefined {
    try {
      return start();
    } catch (error) {
      if (error instanceof ParkError) return undefined;
      throw error;
    }
  }
}

const issued = ({ outcome, ...kept }: Kept): IssuedCommand => {
  const { status, isDone = !isUnderWay(status), euiccError } = outcome();
  return { ...kept, status, isDone, euiccError };
};

const known =
  (status: CommandStatus): Outcome =>
  () => ({ status });

function failed(trouble: 'noEuicc' | 'busy'): Outcome {
  const words = deviceWords({ kind: 'device', trouble }).android;
  return () => ({ status: { esimStatus: internalError(words) }, euiccError: words });
}
