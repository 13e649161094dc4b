import { Command } from 'commander';
import { print, table } from '../output.js';
import { choiceFlags, type ApiFlags } from './api-flags.js';
import type { ProfileDetails } from './api-types.js';
import { callApi } from './connect.js';
import { describeProfile } from './describe.js';

/** `mock-smdp profile show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Show a profile with its history and the notifications about it.')
    .argument('<iccid>', 'ICCID, or id: and the number of the profile');
  return choiceFlags(command).action((iccid: string, flags: ApiFlags & { matchingId?: string }) =>
    callApi<ProfileDetails>(
      flags,
      (api) => api.get(['profiles', iccid], { matchingId: flags.matchingId }),
      show,
    ),
  );
}

function show(profile: ProfileDetails): void {
  const { sharedBy, history, notifications, devices } = profile;
  const lines = [
    ...describeProfile(profile),
    ...(sharedBy > 1 ? [`  ${sharedBy} profiles have this ICCID; --matching-id picks another.`] : []),
    '',
    'History',
    ...(history.length === 0 ? ['  nothing yet'] : indented(historyTable(profile))),
    '',
    'Notifications',
    ...(notifications.length === 0 ? ['  none'] : indented(notificationTable(profile))),
    ...(devices.length === 0 ? [] : ['', 'Devices', ...indented(deviceTable(profile))]),
  ];
  lines.forEach((line) => print(line));
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const historyTable = ({ history }: ProfileDetails): string[] =>
  table(
    ['at', 'what', 'from', 'to', 'status', 'cause'],
    history.map(({ at, trigger, from, to, status, cause }) => [at, trigger, from, to, status, cause]),
  );

const notificationTable = ({ notifications }: ProfileDetails): string[] =>
  table(
    ['at', 'operation', 'number', 'verified', 'outcome'],
    notifications.map(({ at, operation, seqNumber, verified, outcome }) => [
      at,
      operation,
      seqNumber,
      verified ? 'yes' : 'no',
      outcome,
    ]),
  );

const deviceTable = ({ devices }: ProfileDetails): string[] =>
  table(
    ['EID', 'at', 'state', 'status'],
    devices.map(({ eid, at, state, installedState, errorStatus }) => [
      eid,
      at,
      installedState ? `${state} (${installedState})` : state,
      errorStatus ?? '',
    ]),
  );
