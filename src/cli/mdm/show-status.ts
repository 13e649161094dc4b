import { PolicyDevice, type PolicyStatusView } from '../../api/index.js';
import { commandFor, shellWord } from '../invocation.js';
import { memberTable } from '../member-facts.js';
import { facts, print } from '../output.js';

/** Maximum number of failed devices to name under the counts. */
const mostNamed = 5;

/** Prints the status of a policy: the counts, and each device if `lists` is true. */
export function showStatus({ assignment, activation, devices }: PolicyStatusView, lists: boolean): void {
  print('Assignment');
  facts(shown(assignment)).forEach((line) => print(`  ${line}`));
  print('Activation');
  facts(shown(activation)).forEach((line) => print(`  ${line}`));
  if (!lists) return nameFailed(devices);
  print();
  const ways = {
    deviceState: false,
    enrolment: false,
    assignmentStatus: 'assignment',
    errorDetail: false,
  } as const;
  memberTable(PolicyDevice, devices, ways).forEach((line) => print(line));
}

const shown = (counts: Readonly<Record<string, number>>): (readonly [string, number])[] =>
  Object.entries(counts).filter(([, count]) => count > 0);

function nameFailed(devices: readonly PolicyDevice[]): void {
  const failed = devices.filter(({ activationStatus }) => activationStatus === 'Activation fail');
  for (const { deviceName } of failed.slice(0, mostNamed))
    print(`  Why ${deviceName}: ${commandFor('mdm', 'show', shellWord(deviceName))}`);
}
