import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import {
  fleetReport,
  fleetStates,
  MaterialError,
  runFleet,
  type Arrivals,
  type FleetDevice,
  type FleetResult,
  type FleetState,
} from '../../device/index.js';
import { resolveConfig } from '../../server/index.js';
import { addresses, serverAddress } from '../addresses.js';
import { cardFlags, cardOf, type CardFlags } from '../device/card.js';
import { connectionFlags, type ConnectionFlags } from '../device/flags.js';
import { transportOf } from '../device/open-device.js';
import { CliError, MisuseError } from '../errors.js';
import { fileToRead, fileToWrite } from '../files.js';
import { examples } from '../help.js';
import { number, print, printJson, printStatus } from '../output.js';
import { progressView } from '../progress-view.js';
import { describeProgress } from './describe-progress.js';
import { duration, durationRange, percentage, rate, timeOfDay, wholeFrom } from './quantities.js';
import { devicesWithout, readDevices } from './read-devices.js';
import { interruption } from './interruption.js';
import { summaryLines } from './summary.js';

interface FleetFlags extends CardFlags, ConnectionFlags {
  readonly certs?: string;
  readonly devices?: number;
  readonly manifest?: string;
  readonly to?: string;
  readonly smds?: readonly string[];
  readonly rate?: number;
  readonly allAt?: number;
  readonly spread: number;
  readonly oobeDays?: number;
  readonly timeLapse?: number;
  readonly inFlight: number;
  readonly think?: readonly [number, number];
  readonly loss: number;
  readonly retries: number;
  readonly backoff: number;
  readonly enable?: boolean;
  readonly expect: FleetState;
  readonly tolerate: number;
  readonly json?: boolean;
  readonly out?: string;
}

const mostDevices = 100_000_000;

/** `mock-smdp fleet`. */
export function fleetCommand(): Command {
  const command = new Command('fleet')
    .description(
      'Let many virtual devices download their profiles from an SM-DP+, and summarise the results.',
    )
    .optionsGroup('Devices:')
    .option(
      '--devices <number>',
      'number of devices (default: all devices of the manifest)',
      wholeFrom(1, mostDevices),
    )
    .option(
      '--manifest <file>',
      'CSV with at least one of the columns eid and activationCode; optional: matchingId, confirmationCode, imei, expect (default: new EIDs)',
      fileToRead,
    )
    .option(
      '--certs <folder>',
      'PKI folder with the key of the EUM or the CI (default: SMDP_CERTS, or certs)',
    )
    .option('--enable', 'enable the profile, and notify its server')
    .optionsGroup('Servers:')
    .option(
      '--to <address>',
      'SM-DP+ for devices without an activation code; it finds their profiles by their EIDs',
      serverAddress,
    )
    .option(
      '--smds <address>',
      'SM-DS for devices without an activation code; may be repeated',
      addresses(serverAddress),
    )
    .optionsGroup('Arrivals (default: as fast as --in-flight allows):')
    .option('--rate <number>', 'devices that begin per second: 200/s; also /m, /h', rate)
    .option('--all-at <time>', 'all devices begin around this time of day: 09:00', timeOfDay)
    .addOption(
      new Option(
        '--spread <duration>',
        'spread for --all-at: half of the devices begin within 1.1 times this duration before or after the time',
      )
        .argParser(duration)
        .default(60_000, '1m'),
    )
    .option(
      '--oobe-days <number>',
      'users unpack the devices over this many days, starting on a Monday',
      wholeFrom(1, 366),
    )
    .option(
      '--time-lapse <factor>',
      'how many times faster than real time --all-at and --oobe-days run (default: 1 for --all-at; 2016 for --oobe-days, which is a week in 5 minutes)',
      wholeFrom(1, 1_000_000),
    )
    .option(
      '--in-flight <number>',
      'maximum number of devices that run at the same time',
      wholeFrom(1, 10_000),
      200,
    )
    .optionsGroup('Behaviour:')
    .option('--think <duration>', 'how long the user thinks before consenting: 2s or 1s..5s', durationRange)
    .addOption(
      new Option(
        '--loss <percentage>',
        'share of requests to lose: half of the lost requests do not reach the server; the server handles the other half, but the device gets no answer',
      )
        .argParser(percentage)
        .default(0, '0%'),
    )
    .option(
      '--retries <number>',
      'how often a device tries again after a failure of the network or the server',
      wholeFrom(0, 100),
      3,
    )
    .addOption(
      new Option('--backoff <duration>', 'pause before the first retry; the pause doubles with each retry')
        .argParser(duration)
        .default(1000, '1s'),
    );
  cardFlags(command);
  connectionFlags(command.optionsGroup('Connection:'));
  command
    .optionsGroup('Result:')
    .addOption(
      new Option('--expect <state>', 'expected end state of the devices')
        .choices(Object.keys(fleetStates))
        .default('installed'),
    )
    .addOption(
      new Option(
        '--tolerate <percentage>',
        'exit with 0 if at most this share of the devices ends in other states',
      )
        .argParser(percentage)
        .default(0, '0%'),
    )
    .option('--json', 'as JSON, on standard output')
    .option('--out <file.html>', 'write the result as an HTML page with plots', fileToWrite);
  examples(command, [
    [
      '10,000 devices, each with the profile that is linked to its EID',
      'fleet --manifest eids.csv --to localhost:8443 --rate 200/s --out report.html',
    ],
    ['100 devices with activation codes, on a bad network', 'fleet --manifest codes.csv --loss 10%'],
    [
      'all devices around nine o’clock, sixty times as fast as in reality',
      'fleet --manifest eids.csv --to localhost:8443 --all-at 09:00 --spread 5m --time-lapse 60',
    ],
    [
      'another SM-DP+, with the certificates of its test CI',
      'fleet --devices 50 --to smdp.example.com --certs its-pki --ca its-root.pem',
    ],
  ]);
  return command.action((flags: FleetFlags) => run(flags));
}

async function run(flags: FleetFlags): Promise<void> {
  const arrivals = arrivalsOf(flags);
  const card = cardOf(flags);
  const total = await countDevices(flags);
  const certs = flags.certs ?? resolveConfig(process.env).config.certs;
  const view = progressView(describeProgress);
  const { signal, dispose } = interruption(() => {
    view.clear();
    printStatus('Stopping. Running devices end in the state interrupted.');
  });
  let result: FleetResult;
  try {
    result = await runFleet({
      devices: devicesOf(flags, total),
      total,
      material: certs,
      ...{ arrivals, card, signal },
      smdpAddress: flags.to,
      smdsAddresses: flags.smds,
      maxInFlight: flags.inFlight,
      thinkMs: flags.think,
      packetLoss: flags.loss,
      retries: flags.retries,
      backoffMs: flags.backoff,
      enable: flags.enable,
      expect: flags.expect,
      server: transportOf(flags, certs),
      onProgress: (progress) => view.update(progress),
    });
  } catch (error) {
    throw error instanceof MaterialError
      ? new MisuseError(`${error.message}. Name the PKI folder of the server with --certs.`, { cause: error })
      : error;
  } finally {
    view.clear();
    dispose();
  }
  report(result, flags);
}

function report(result: FleetResult, { json, out, tolerate, expect }: FleetFlags): void {
  const peakMemoryOctets = process.resourceUsage().maxRSS * 1024;
  if (out !== undefined) writeFileSync(out, fleetReport(result));
  if (json) printJson({ ...result, peakMemoryOctets });
  else {
    summaryLines(result).forEach((line) => print(line));
    print();
    print(`Memory: up to ${Math.round(peakMemoryOctets / 1024 / 1024)} MiB.`);
  }
  if (out !== undefined) printStatus(`The report is in ${out}.`);
  const { unexpected, devices } = result;
  if (result.stopped) throw new CliError('The fleet was stopped before its end.');
  if (unexpected > tolerate * devices)
    throw new CliError(
      `${number(unexpected)} of ${number(devices)} devices did not end in the state ${expect}.`,
    );
}

/** @throws MisuseError */
function arrivalsOf({ rate: perSecond, allAt, oobeDays, spread, timeLapse }: FleetFlags): Arrivals {
  const patterns = [perSecond, allAt, oobeDays].filter((pattern) => pattern !== undefined);
  if (patterns.length > 1) throw new MisuseError('Give only one of --rate, --all-at and --oobe-days.');
  if (timeLapse !== undefined && allAt === undefined && oobeDays === undefined)
    throw new MisuseError('--time-lapse is allowed only with --all-at or --oobe-days.');
  if (perSecond !== undefined) return { kind: 'rate', perSecond };
  if (allAt !== undefined)
    return { kind: 'allAt', time: allAt, spreadSeconds: spread / 1000, timeLapse: timeLapse ?? 1 };
  if (oobeDays !== undefined)
    return { kind: 'oobe', days: oobeDays, timeLapse: timeLapse ?? aWeekInFiveMinutes };
  return { kind: 'asap' };
}

const aWeekInFiveMinutes = 2016;

/**
 * Counts the devices, and checks the whole manifest before the first device begins.
 *
 * @throws MisuseError
 */
async function countDevices({ devices, manifest, to, smds }: FleetFlags): Promise<number> {
  const hasServer = to !== undefined || smds !== undefined;
  if (manifest === undefined) {
    if (devices === undefined)
      throw new MisuseError(
        'Give the number of devices with --devices, or the devices themselves with --manifest.',
      );
    if (!hasServer) throw new MisuseError('Name the SM-DP+ with --to, or an SM-DS with --smds.');
    return devices;
  }
  let rows = 0;
  for await (const { activationCode } of readDevices(manifest)) {
    rows++;
    if (activationCode === undefined && !hasServer)
      throw new MisuseError(
        `${manifest}: device ${rows} has no activation code. Name the SM-DP+ with --to, or an SM-DS with --smds.`,
      );
    if (rows === devices) break;
  }
  if (devices !== undefined && rows < devices)
    throw new MisuseError(`${manifest} has ${number(rows)} devices, fewer than --devices ${devices}.`);
  return rows;
}

const devicesOf = (
  { manifest }: FleetFlags,
  total: number,
): Iterable<FleetDevice> | AsyncIterable<FleetDevice> =>
  manifest === undefined ? devicesWithout(total) : readDevices(manifest);
