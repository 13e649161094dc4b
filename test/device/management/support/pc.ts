import { managedDevice } from '../../../../src/device/management/managed-device.js';
import { readSyncMl, type SyncCommand } from '../../../../src/device/management/syncml/index.js';
import { WindowsPc, type WindowsSettings } from '../../../../src/device/management/windows/index.js';
import type { VirtualDevice } from '../../../../src/device/index.js';
import { whenDone } from '../../../support/when-done.js';

/** A PC that tries again at once. */
export function testPc(device?: VirtualDevice, settings: Partial<WindowsSettings> = {}): WindowsPc {
  const pc = new WindowsPc({
    name: 'pc-1',
    device: device && managedDevice(device),
    settings: { retrySeconds: 0, ...settings },
  });
  whenDone(() => pc.stop());
  return pc;
}

const root = './Device/Vendor/MSFT/eUICCs';
let lastCmdId = 0;

/** LocURI of a node below the active eUICC. */
export const below = (path = ''): string => `${root}/Default${path === '' ? '' : `/${path}`}`;

/** A command about one node. */
export function command(name: string, target: string, data?: string, format = 'chr'): string {
  lastCmdId += 1;
  const value =
    data === undefined
      ? ''
      : `<Meta><Format xmlns="syncml:metinf">${format}</Format></Meta><Data>${data}</Data>`;
  return `<${name}><CmdID>${lastCmdId}</CmdID><Item><Target><LocURI>${target}</LocURI></Target>${value}</Item></${name}>`;
}

/** An Atomic or a Sequence. */
export function group(name: 'Atomic' | 'Sequence', ...commands: readonly string[]): string {
  lastCmdId += 1;
  return `<${name}><CmdID>${lastCmdId}</CmdID>${commands.join('')}</${name}>`;
}

/** Sends commands in one message. */
export const send = (pc: WindowsPc, ...commands: readonly string[]): readonly SyncCommand[] =>
  readSyncMl(pc.receive(`<SyncBody>${commands.join('')}</SyncBody>`)).commands;

/** Status of each command, without that of the header. */
export const statusesOf = (answer: readonly SyncCommand[]): readonly number[] =>
  answer.filter(({ name, cmd }) => name === 'Status' && cmd !== 'SyncHdr').map(({ data }) => Number(data));

/** Statuses of commands in one message. */
export const statuses = (pc: WindowsPc, ...commands: readonly string[]): readonly number[] =>
  statusesOf(send(pc, ...commands));

/** Value of a node; `undefined` if the Get was refused. */
export const read = (pc: WindowsPc, target: string): string | undefined =>
  send(pc, command('Get', target)).find(({ name }) => name === 'Results')?.items[0]?.data;

/** Adds a profile by its activation code. */
export const addProfile = (iccid: string, serverName: string, matchingId: string): string =>
  group(
    'Atomic',
    command('Add', below(`Profiles/${iccid}/ServerName`), serverName),
    command('Add', below(`Profiles/${iccid}/MatchingID`), matchingId),
    command('Add', below(`Profiles/${iccid}/IsEnabled`), 'true', 'bool'),
  );

/** Adds a download server. */
export const addServer = (name: string, ...more: readonly string[]): string =>
  group(
    'Atomic',
    command('Add', below(`DownloadServers/${encodeURIComponent(name)}`), undefined),
    command('Add', below(`DownloadServers/${encodeURIComponent(name)}/AutoEnable`), 'true', 'bool'),
    ...more,
  );
