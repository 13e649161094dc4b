import { Command } from 'commander';
import { ProfileDetails } from '../../api/index.js';
import { memberFacts, memberTable } from '../member-facts.js';
import { print } from '../output.js';
import { callApi } from '../server-calls.js';
import { choiceFlags, type ApiFlags } from './api-flags.js';
import { profileFormats, stateOf } from './describe.js';

/** `mock-smdp profile show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Show a profile with its history and the notifications about it.')
    .argument('<iccid>', 'ICCID, or the number of the profile as id:12');
  return choiceFlags(command).action(
    (iccid: string, { matchingId, ...flags }: ApiFlags & { matchingId?: string }) =>
      callApi(flags, ({ profiles }) => profiles.get(iccid, { matchingId }), show),
  );
}

/** Hides the members for which `show` prints a table or a sentence. */
const ways = {
  ...profileFormats,
  sharedBy: false,
  history: false,
  notifications: false,
  devices: false,
} as const;

function show(profile: ProfileDetails): void {
  const { sharedBy, history, notifications, devices } = profile;
  const lines = [
    ...memberFacts(ProfileDetails, profile, ways),
    ...(sharedBy > 1 ? [`  ${sharedBy} profiles have this ICCID; --matching-id selects another one.`] : []),
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

const { history: History, notifications: Notifications, devices: Devices } = ProfileDetails.properties;

const historyTable = ({ history }: ProfileDetails): string[] =>
  memberTable(History.items, history, {
    trigger: 'what',
    eid: false,
    transactionId: false,
    functionCallIdentifier: false,
  });

const notificationTable = ({ notifications }: ProfileDetails): string[] =>
  memberTable(Notifications.items, notifications, {
    received: false,
    seqNumber: 'number',
    eid: false,
    transactionId: false,
  });

const deviceTable = ({ devices }: ProfileDetails): string[] =>
  memberTable(Devices.items, devices, {
    state: stateOf,
    errorStatus: 'status',
    installedState: false,
    transactionId: false,
  });
