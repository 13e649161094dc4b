import type { ManagedDevice } from '../managed-device.js';
import {
  executeDocument,
  locUri,
  readSyncMl,
  SyncStatus,
  writeSyncMl,
  type OutgoingCommand,
  type SyncCommand,
  type SyncDocument,
} from '../syncml/index.js';
import { ErrorDetail } from './error-detail.js';
import { EuiccTree, rootNames } from './euicc-tree.js';
import { LpaWork } from './lpa-work.js';
import { euiccNameOf, type PcEuicc } from './pc-euicc.js';
import { defaultWindowsSettings, type WindowsSettings } from './settings.js';
import { newPcState, type PcState } from './state.js';

/** Options of {@link WindowsPc}. */
export interface WindowsPcOptions {
  /** Name of the PC: the LocURI of its documents. */
  readonly name: string;
  /** The eUICC and LPA of the PC. Absent for a PC without eSIM. */
  readonly device?: ManagedDevice | undefined;
  /** Settings that differ from `defaultWindowsSettings`. */
  readonly settings?: Partial<WindowsSettings> | undefined;
}

/**
 * A managed Windows PC: an OMA-DM client with the configuration service provider eUICCs.
 *
 * @example
 *     const pc = new WindowsPc({ name: 'pc-1', device: managedDevice(device) });
 *     const answer = pc.receive('<Get><CmdID>1</CmdID><Item>…</Item></Get>');
 */
export class WindowsPc {
  readonly name: string;
  readonly state: PcState = newPcState();
  #settings: WindowsSettings;
  readonly #euicc: PcEuicc | undefined;
  readonly #tree: EuiccTree;
  #alerts: OutgoingCommand[] = [];
  #session = { id: '', lastMsgId: 0 };

  constructor({ name, device, settings = {} }: WindowsPcOptions) {
    this.name = name;
    this.#settings = { ...defaultWindowsSettings, ...settings };
    const current = (): WindowsSettings => this.#settings;
    this.#euicc = device && {
      ...{ device, state: this.state },
      work: new LpaWork(
        ...([device, this.state, current] as const),
        () => this.#takeFailure(),
        (node, data) => this.#reportEnd(node, data),
      ),
    };
    this.#tree = new EuiccTree(this.#euicc, current);
  }

  /** 32 digits. `undefined` for a PC without eSIM. */
  get eid(): string | undefined {
    return this.#euicc?.device.eid;
  }

  get settings(): WindowsSettings {
    return this.#settings;
  }

  /** Changes settings. A running job uses the new settings from its next step. */
  configure(settings: Partial<WindowsSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /**
   * Carries out a SyncML document from the management server, and returns the answer. Downloads begin after the answer.
   *
   * @returns a SyncML document with the status of each command, the results of each Get, and waiting alerts
   * @throws SyncMlError if the document is not valid SyncML
   */
  receive(text: string): string {
    const document = readSyncMl(text);
    const header = this.#headerStatus(document);
    const status = this.#status(document, '0', 'SyncHdr', header);
    if (header === SyncStatus.wrongCredentials) {
      const refused = document.commands.map(({ cmdId = '', name }) =>
        this.#status(document, cmdId, name, header),
      );
      return this.#write(document, [{ ...status, challenge: 'syncml:auth-basic' }, ...refused]);
    }
    this.#tree.refresh();
    const { answers, afterwards } = executeDocument(document, this.#tree);
    const answer = this.#write(document, [status, ...answers, ...this.#takeAlerts()]);
    afterwards.forEach((begin) => begin());
    return answer;
  }

  /** Opens a session with the management server. @returns the first document of the PC, with the waiting alerts */
  checkIn(sessionId = String(Number(this.#session.id || 0) + 1)): string {
    const device = this.#item('./DevInfo/DevId', this.name);
    const commands: OutgoingCommand[] = [
      { name: 'Alert', data: '1201' },
      {
        ...{ name: 'Alert', data: '1224' },
        items: [{ type: 'com.microsoft/MDM/LoginStatus', format: 'chr', data: 'user' }],
      },
      { name: 'Replace', items: [device, this.#item('./DevInfo/DmV', '1.3')] },
      ...this.#takeAlerts(),
    ];
    return this.#write({ sessionId, source: undefined }, commands);
  }

  /** Resolves when no job runs or waits for its next attempt. */
  async idle(): Promise<void> {
    await this.#euicc?.work.idle();
  }

  /** Drops the jobs that have not begun, or that wait for their next attempt. */
  stop(): void {
    this.#euicc?.work.stop();
  }

  /**
   * Ends the management because the PC is retired, unenrolled or wiped. The PC forgets its download servers and deletes
   * the profiles of activation codes. Profiles that a discovery has installed stay, unless `all` is true (default: the
   * setting `removesDiscovered`).
   */
  endManagement({ all = this.#settings.removesDiscovered } = {}): void {
    this.state.servers.clear();
    this.state.localUiEnabled = true;
    for (const profile of this.state.profiles.values()) {
      if (all || profile.discoveredFrom === undefined) this.#euicc?.work.remove(profile);
      else this.state.profiles.delete(profile.iccid);
    }
  }

  #headerStatus({ credentials }: SyncDocument): SyncStatus {
    const { credentials: wanted } = this.#settings;
    if (wanted === '') return SyncStatus.ok;
    const isRight =
      credentials?.type === 'syncml:auth-basic' &&
      Buffer.from(credentials.data, 'base64').toString('utf8') === wanted;
    return isRight ? SyncStatus.authenticated : SyncStatus.wrongCredentials;
  }

  #status({ msgId }: SyncDocument, cmdRef: string, cmd: string, status: SyncStatus): OutgoingCommand {
    return { name: 'Status', msgRef: msgId, cmdRef, cmd, data: String(status) };
  }

  #write(
    { sessionId, source }: Pick<SyncDocument, 'sessionId' | 'source'>,
    commands: readonly OutgoingCommand[],
  ): string {
    if (this.#session.id !== sessionId) this.#session = { id: sessionId, lastMsgId: 0 };
    this.#session.lastMsgId += 1;
    return writeSyncMl({
      ...{ sessionId, msgId: String(this.#session.lastMsgId), target: source, source: this.name },
      ...{ credentials: undefined, commands },
    });
  }

  #item(source: string, data: string): SyncCommand['items'][number] {
    return { source, data };
  }

  #takeAlerts(): OutgoingCommand[] {
    const alerts = this.#alerts;
    this.#alerts = [];
    return alerts;
  }

  #takeFailure(): ErrorDetail {
    const { failNextWith } = this.#settings;
    if (failNextWith !== ErrorDetail.None) this.configure({ failNextWith: ErrorDetail.None });
    return failNextWith as ErrorDetail;
  }

  #reportEnd(node: readonly string[], data: 2 | 4): void {
    const { alerts, alertType: type, alertSource } = this.#settings;
    if (!alerts) return;
    const { eid = '' } = this;
    const names =
      alertSource === 'root' ? rootNames : [...rootNames, euiccNameOf(eid, this.#settings), ...node];
    this.#alerts.push({
      ...{ name: 'Alert', data: '1226' },
      items: [{ source: locUri(...names), type, format: 'int', data: String(data) }],
    });
    this.#alerts = this.#alerts.slice(-mostAlerts);
  }
}

/** Maximum number of waiting alerts. The server may never fetch them. */
const mostAlerts = 100;
