import { Command } from 'commander';
import { examples } from '../help.js';
import { facts, print, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi, connect } from '../profile/connect.js';
import type { PoolStatus } from './api-types.js';

interface StatusFlags extends ApiFlags {
  readonly devices?: boolean;
  readonly csv?: boolean;
}

/** `mock-smdp pool status`. */
export function statusCommand(): Command {
  const command = new Command('status')
    .description("Show the deployment status of a pool's devices, with the status names of MDM systems.")
    .argument('<name>', 'name of the pool')
    .option('--devices', 'list each device, not only the counts')
    .option('--csv', 'list each device, as CSV');
  examples(apiFlags(command), [
    ['counts', 'pool status workshop'],
    ['each device', 'pool status workshop --devices'],
    ['for a spreadsheet', 'pool status workshop --csv > status.csv'],
  ]);
  return command.action(async (name: string, flags: StatusFlags) => {
    const path = ['pools', name, 'status'];
    if (flags.csv && !flags.json) {
      const { text } = await connect(flags).getText(path, { format: 'csv' });
      return print(text.trimEnd());
    }
    const devices = flags.devices || flags.json ? 'true' : 'false';
    return callApi<PoolStatus>(flags, (api) => api.get(path, { devices }), show);
  });
}

function show({ total, counts, devices }: PoolStatus): void {
  facts([...Object.entries(counts), ['Total', total]]).forEach((line) => print(line));
  if (!devices) return;
  const rows = devices.map(({ eid, iccid, status, cellularStatus, lastContact, error }) => [
    eid,
    iccid,
    status,
    cellularStatus,
    lastContact,
    error,
  ]);
  print();
  const headings = ['eid', 'iccid', 'status', 'cellular status', 'last contact', 'error'];
  table(headings, rows).forEach((line) => print(line));
}
