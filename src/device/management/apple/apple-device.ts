import { ParkError, reset, type ParkedDevice } from '../../park/index.js';
import {
  answerPlist,
  cellularErrorItem,
  unsupportedCommand,
  type AppleAnswer,
  type ErrorItem,
} from './answer.js';
import { booleanIn, CommandFormatError, readCommand, type MdmCommand } from './command.js';
import { queryResponses, udidOf } from './device-information.js';
import { writePlist } from './plist/index.js';
import { refreshCellularPlans, serverOf } from './refresh-cellular-plans.js';
import { cellularStates, defaultAppleSettings, isFrom, type AppleSettings } from './settings.js';

type Handler = (command: MdmCommand) => AppleAnswer;

/**
 * A managed iPhone or iPad. It implements the part of Apple's MDM protocol that concerns cellular plans.
 *
 * The device acknowledges a long command at once. It then does the work as an operation of the park.
 */
export class AppleDevice {
  #settings: AppleSettings = defaultAppleSettings;

  constructor(private readonly parked: ParkedDevice) {}

  get settings(): AppleSettings {
    return this.#settings;
  }

  configure(settings: Partial<AppleSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  get udid(): string {
    return udidOf(this.parked.eid);
  }

  /**
   * Carries out a command of the MDM server, and returns the answer. The answer to an empty text is Idle.
   *
   * @param text an XML property list
   * @throws PlistError if the text is not a property list
   */
  receive(text: string): string {
    return writePlist(answerPlist(this.#answer(text), this.udid));
  }

  #answer(text: string): AppleAnswer {
    try {
      const command = readCommand(text);
      return command ? this.#execute(command) : { status: 'Idle' };
    } catch (error) {
      if (!(error instanceof CommandFormatError)) throw error;
      const { uuid, message } = error;
      return { status: 'CommandFormatError', uuid, errorChain: [formatError(message)] };
    }
  }

  #execute(command: MdmCommand): AppleAnswer {
    const { uuid, requestType } = command;
    const handler = this.#handlers[requestType];
    if (!handler || !Object.hasOwn(this.#handlers, requestType))
      return refused(uuid, unsupportedCommand(`The device does not know the request type '${requestType}'.`));
    if (this.#settings.isLocked && requestType !== 'EraseDevice') return { status: 'NotNow', uuid };
    return handler(command);
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    RefreshCellularPlans: (command) => this.#refresh(command),
    DeviceInformation: (command) => ({
      ...{ status: 'Acknowledged', uuid: command.uuid },
      members: { QueryResponses: queryResponses(command, this.parked, this.#settings) },
    }),
    EraseDevice: (command) => this.#erase(command),
  };

  #refresh(command: MdmCommand): AppleAnswer {
    const { uuid } = command;
    const server = serverOf(command);
    const { osVersion, enrollment, cellular, cellularErrorDomain: domain } = this.#settings;
    if (!isFrom(osVersion, '13.0') || enrollment === 'user') return refused(uuid, this.#notAllowed(command));
    const code = cellularStates[cellular];
    if (code !== undefined) return refused(uuid, cellularErrorItem(code, domain));
    return this.#started(uuid, () => refreshCellularPlans(this.parked, server, () => this.#settings));
  }

  #erase(command: MdmCommand): AppleAnswer {
    const { uuid } = command;
    const asked = booleanIn(command, 'PreserveDataPlan');
    const { enrollment, forcePreserveESIMOnErase } = this.#settings;
    if (enrollment === 'user') return refused(uuid, this.#notAllowed(command));
    if (asked || forcePreserveESIMOnErase) return { status: 'Acknowledged', uuid };
    return this.#started(uuid, () => reset(this.parked));
  }

  /**
   * Starts the work of a command and acknowledges the command. If the device is busy, answers with an error, because
   * the cellular software does one thing at a time.
   */
  #started(uuid: string, start: () => unknown): AppleAnswer {
    try {
      start();
      return { status: 'Acknowledged', uuid };
    } catch (error) {
      if (!(error instanceof ParkError)) throw error;
      return refused(uuid, cellularErrorItem(36003, this.#settings.cellularErrorDomain));
    }
  }

  #notAllowed({ requestType }: MdmCommand): ErrorItem {
    const { osVersion, enrollment } = this.#settings;
    const why = enrollment === 'user' ? 'with User Enrollment' : `in iOS ${osVersion}`;
    return unsupportedCommand(`'${requestType}' is not available ${why}.`);
  }
}

const refused = (uuid: string, error: ErrorItem): AppleAnswer => ({
  ...{ status: 'Error', uuid },
  errorChain: [error],
});

/**
 * Apple does not document whether a CommandFormatError has an ErrorChain. This device sends an ErrorChain that says
 * what is wrong with the command.
 */
const formatError = (description: string): ErrorItem => ({
  code: 12022,
  domain: 'MCMDMErrorDomain',
  description,
});
