import { join } from 'node:path';
import { Command } from 'commander';
import { splitAddress } from '../../base/address.js';
import { ApduCard, defaultVpcd, insertIntoVpcd, offerOnTcp, type VirtualEuicc } from '../../device/index.js';
import { serverAddress } from '../addresses.js';
import { CliError } from '../errors.js';
import { fileToRead } from '../files.js';
import { examples } from '../help.js';
import { print, printable, printStatus, printStatusWrapped } from '../output.js';
import { euiccFlags, type DeviceFlags } from './flags.js';
import { changingEuicc } from './open-device.js';
import { printExchange } from './print-exchange.js';
import { readEids } from './read-eids.js';
import { portNumber } from './port.js';
import { untilStopped } from './until-stopped.js';

interface OfferFlags extends DeviceFlags {
  readonly vpcd?: string | true;
  readonly tcp?: number;
  readonly host?: string;
  readonly manifest?: string;
  readonly trace?: boolean;
}

/** Offers a card at one place: a reader or a TCP port. */
type Place = (card: ApduCard, index: number, signal: AbortSignal) => Promise<void>;

/** Maximum number of cards that one command offers. Each card needs its own port. */
const mostCards = 1_000;

/** `mock-smdp device card`. */
export function cardCommand(): Command {
  const command = new Command('card')
    .description(
      'Offer the virtual eUICC as a card to PC/SC programs (through vpcd of vsmartcard) or on a TCP port. Runs until Ctrl-C.',
    )
    .option(
      '--vpcd [host:port]',
      `insert the card into the reader of vpcd (default: ${defaultVpcd.host}:${defaultVpcd.port}, its first slot)`,
      serverAddress,
    )
    .option('--tcp <port>', 'offer the card on this TCP port; 0 chooses a free port', portNumber)
    .option('--host <address>', 'address on which the port of --tcp listens (default: localhost)')
    .option(
      '--manifest <file>',
      'offer one card for each EID of this CSV file, on consecutive ports; with this option, --state names a folder',
      fileToRead,
    )
    .option('--trace', 'show each APDU on standard error');
  examples(euiccFlags(command), [
    ['a card for pcscd and its programs', 'device card --vpcd'],
    ['a card on a TCP port', 'device card --tcp 36000'],
    [
      'a card for each EID of a manifest, on the ports from 36000',
      'device card --tcp 36000 --manifest eids.csv',
    ],
  ]);
  return command.action(async (flags: OfferFlags) => {
    if ((flags.vpcd === undefined) === (flags.tcp === undefined))
      command.error('error: give either --vpcd or --tcp <port>');
    if (flags.host !== undefined && flags.tcp === undefined)
      command.error('error: --host is allowed only with --tcp');
    if (flags.manifest !== undefined && flags.eid !== undefined)
      command.error('error: give either --manifest or --eid');
    const place = flags.vpcd === undefined ? onTcp(flags) : inVpcd(flags.vpcd);
    const eids = flags.manifest === undefined ? [flags.eid] : await readEids(flags.manifest, mostCards);
    await untilStopped((signal) => offerAll(eids, place, flags, signal));
  });
}

/** Offers a card for each EID, until `signal` aborts or a card fails. */
async function offerAll(
  eids: readonly (string | undefined)[],
  place: Place,
  flags: OfferFlags,
  signal: AbortSignal,
): Promise<void> {
  const failure = new AbortController();
  const both = AbortSignal.any([signal, failure.signal]);
  const offers = eids.map((eid, index) =>
    changingEuicc(flagsFor(eid, flags), ({ euicc }) => place(cardOf(euicc, flags), index, both)),
  );
  try {
    await Promise.all(offers);
  } catch (error) {
    failure.abort();
    await Promise.allSettled(offers);
    throw error;
  }
}

/** The options for the card of one EID of the manifest. */
const flagsFor = (eid: string | undefined, flags: OfferFlags): OfferFlags =>
  eid === undefined || flags.manifest === undefined
    ? flags
    : { ...flags, eid, ...(flags.state !== undefined && { state: join(flags.state, `device-${eid}.json`) }) };

const cardOf = (euicc: VirtualEuicc, { trace }: OfferFlags): ApduCard =>
  new ApduCard(euicc, {
    onExchange: trace ? printExchange : undefined,
    onTrouble: ({ message }) =>
      printStatus(`mock-smdp: card ${euicc.eid} has a problem: ${printable(message)}`),
  });

function inVpcd(vpcd: string | true): Place {
  const { host, port = defaultVpcd.port } = vpcd === true ? defaultVpcd : splitAddress(vpcd);
  return (card, index, signal) => {
    const address = `${host}:${port + index}`;
    return insertIntoVpcd(card, {
      host,
      port: port + index,
      signal,
      onInserted: () => print(`Card ${card.eid} is in the reader at ${address}. Ctrl-C removes the card.`),
      onRemoved: (reason) => printStatusWrapped(removed(address, reason)),
    });
  };
}

const removed = (address: string, reason: Error | undefined): string =>
  reason
    ? `No vpcd answers at ${address}: ${printable(reason.message)}. Is pcscd running, with vpcd of vsmartcard? Trying again every second.`
    : `The reader at ${address} has dropped the card: pcscd has ended, or another card is in the slot. Trying again every second.`;

function onTcp({ tcp = 0, host }: OfferFlags): Place {
  return async (card, index, signal) => {
    const offered = await offerOnTcp(card, {
      host,
      port: tcp === 0 ? 0 : tcp + index,
      onConnection: (position) => {
        if (position > 0)
          printStatus(`A program waits for card ${card.eid}. Number of programs ahead: ${position}.`);
      },
    }).catch((error: Error) => {
      throw new CliError(
        `The port of card ${card.eid} cannot be opened: ${error.message}. Choose another port with --tcp.`,
        {
          cause: error,
        },
      );
    });
    print(`Card ${card.eid} is at ${host ?? 'localhost'}:${offered.port}.`);
    await ended(signal);
    await offered.close();
  };
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
