import { Command } from 'commander';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';
import { CliError } from '../errors.js';
import { Capture } from './capture/capture.js';
import { wholeNumber } from '../numbers.js';
import { followEvents } from './follow-events.js';
import type { JournalEvent } from '../../library/events.js';
import { eventLine } from './event-line.js';

interface WatchFlags extends ApiFlags {
  readonly eid?: string;
  readonly matchingId?: string;
  readonly iccid?: string;
  readonly since?: number;
  readonly pcapPipe?: boolean;
  readonly secrets?: boolean;
}

/** `mock-smdp session watch`. */
export const watchCommand = (): Command =>
  apiFlags(
    new Command('watch')
      .description(
        'Follow requests, failed connections and changes of profiles as they happen. Continues after a restart of the server. Ctrl-C ends the command.',
      )
      .option('--eid <eid>', 'only events about this EID')
      .option('--matching-id <id>', 'only events about this MatchingID')
      .option('--iccid <iccid>', 'only events about this ICCID')
      .option(
        '--since <id>',
        'begin after the event with this id; 0: begin with the oldest event that the server still has',
        wholeNumber,
      )
      .option(
        '--pcap-pipe',
        'write packets for Wireshark to standard output, for example: session watch --pcap-pipe | wireshark -k -i -',
      )
      .option('--secrets', 'with --pcap-pipe: add session keys and codes to the packets, as comments'),
  ).action(async (flags: WatchFlags) => {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    process.once('SIGINT', end).once('SIGTERM', end);
    try {
      await watch(flags, ended.signal);
    } finally {
      process.off('SIGINT', end).off('SIGTERM', end);
    }
  });

/** Prints events until `signal` is aborted. @throws CliError if no server answers, or if the server refuses */
export const watch = (flags: WatchFlags, signal: AbortSignal): Promise<void> =>
  withServer(flags, async (connection) => {
    const { server, calls } = connection;
    const packets = flags.pcapPipe ? new Capture() : undefined;
    if (packets) writeOctets(packets.head);
    const changed = (isThere: boolean): void =>
      printStatus(
        isThere ? `${server} is back.` : `${server} cannot be reached; waiting until it answers again ...`,
      );
    const since = flags.since?.toString();
    printStatus(`Watching ${server}; Ctrl-C ends the command.`);
    for await (const { event, data } of followEvents(connection, { since, signal, changed })) {
      const happened = { kind: event, ...(JSON.parse(data) as object) } as JournalEvent;
      if (!isMeant(happened, flags) || (!flags.json && isStep(happened))) continue;
      if (packets) {
        if (happened.kind === 'exchange')
          writeOctets(packets.add(await calls.journal.exchange(happened.id, { secrets: flags.secrets })));
        continue;
      }
      print(flags.json ? JSON.stringify(happened) : printable(eventLine(happened)));
    }
  });

function writeOctets(octets: Buffer): void {
  if (process.stdout.isTTY)
    throw new CliError('Packets are not text; pipe the output into a program, for example wireshark -k -i -');
  process.stdout.write(octets);
}

/**
 * Whether the event is a step of a virtual device. Without `--json`, the command prints the exchange of the step
 * instead.
 */
const isStep = (event: JournalEvent): boolean => event.kind === 'device' && event.event === 'step';

const isMeant = (event: JournalEvent, wanted: WatchFlags): boolean =>
  (['eid', 'matchingId', 'iccid'] as const).every(
    (trait) => wanted[trait] === undefined || event[trait] === wanted[trait],
  );
