import {
  locUri,
  readSyncMl,
  statusMeanings,
  writeSyncMl,
  type OutgoingCommand,
  type SyncStatus,
} from '../syncml/index.js';
import { rootNames } from '../windows/euicc-tree.js';
import type { WindowsPc } from '../windows/index.js';

/** The answer of a PC to the commands of one document. */
export interface DmAnswer {
  /** The first command that failed, in words. `undefined`: all commands succeeded. */
  readonly problem: string | undefined;
  /** Values by LocURI. */
  readonly values: ReadonlyMap<string, string>;
}

/** Called with each document, whether the device or the server sends it. */
export type WatchDocuments = (from: 'device' | 'server', text: string) => void;

/** LocURI of a node below the active eUICC. Percent-encodes the names. */
export const nodeUri = (...names: readonly string[]): string => locUri(...rootNames, 'Default', ...names);

/** LocURI of the root of the eUICCs. */
export const euiccsUri = locUri(...rootNames);

/** A command about one node. */
export const nodeCommand = (
  name: 'Add' | 'Delete' | 'Exec' | 'Get' | 'Replace',
  target: string,
  value?: string | boolean,
): OutgoingCommand => ({
  name,
  items: [
    {
      target,
      ...(value !== undefined && {
        format: typeof value === 'boolean' ? 'bool' : 'chr',
        data: String(value),
      }),
    },
  ],
});

/** A session of the management system with a PC. The PC opens the session. */
export class DmSession {
  #lastMsgId = 0;

  constructor(
    private readonly pc: WindowsPc,
    private readonly watch: WatchDocuments,
    private readonly sessionId: string,
  ) {
    watch('device', pc.checkIn(sessionId));
  }

  /** Sends commands in one document. */
  send(...commands: readonly OutgoingCommand[]): DmAnswer {
    this.#lastMsgId += 1;
    const text = writeSyncMl({
      ...{ sessionId: this.sessionId, msgId: String(this.#lastMsgId), target: this.pc.name },
      ...{ source: 'https://mdm.example.com', credentials: this.#credentials(), commands },
    });
    this.watch('server', text);
    const answer = this.pc.receive(text);
    this.watch('device', answer);
    const received = readSyncMl(answer).commands;
    const failed = received.filter(
      ({ name, data }) => name === 'Status' && Number(data) >= 400 && data !== '507',
    );
    const values = received
      .filter(({ name }) => name === 'Results')
      .flatMap(({ items }) => items.map(({ source = '', data = '' }) => [source, data] as const));
    return {
      problem: failed[0] && inWords(failed[0].cmdRef, failed[0].data, commands),
      values: new Map(values),
    };
  }

  /** Value of a node; `undefined` if the PC refuses the Get. */
  get(uri: string): string | undefined {
    return this.send(nodeCommand('Get', uri)).values.get(uri);
  }

  #credentials(): { type: string; data: string } | undefined {
    const { credentials } = this.pc.settings;
    if (credentials === '') return undefined;
    return { type: 'syncml:auth-basic', data: Buffer.from(credentials).toString('base64') };
  }
}

function inWords(
  cmdRef: string | undefined,
  status: string | undefined,
  commands: readonly OutgoingCommand[],
): string {
  const command = inOrder(commands)[Number(cmdRef) - 1];
  const target = command?.items?.[0]?.target ?? '';
  const meaning = statusMeanings[Number(status) as SyncStatus] ?? '';
  return `${command?.name ?? 'SyncHdr'} ${target}: ${status} (${meaning})`;
}

/** Commands in the order of their CmdIDs. */
const inOrder = (commands: readonly OutgoingCommand[]): OutgoingCommand[] =>
  commands.flatMap((command) => [command, ...inOrder(command.commands ?? [])]);
