import type { Command } from 'commander';
import { serverAddress } from '../addresses.js';
import { filesToRead } from '../files.js';
import { eidDigits } from '../numbers.js';
import { cardFlags, type CardFlags } from './card.js';
import { caMeaning } from './trust.js';

/** Options of every `device` command. */
export interface DeviceFlags extends CardFlags {
  readonly certs?: string;
  readonly state?: string;
  readonly eid?: string;
  readonly json?: boolean;
}

/** Options for connections to servers and for trust in them. */
export interface ConnectionFlags {
  readonly connect?: string;
  readonly ca?: readonly string[];
  readonly insecure?: boolean;
  readonly tls: boolean;
}

/** Options of the `device` commands that call servers. */
export interface ServerFlags extends DeviceFlags, ConnectionFlags {}

/** Adds the options for the eUICC and its state. */
export const euiccFlags = (command: Command): Command =>
  cardFlags(
    command
      .option('--certs <folder>', 'PKI folder with the eUICC and its CI (default: SMDP_CERTS, or certs)')
      .option('--state <file>', "the eUICC's state (default: data/device.json, or data/device-<EID>.json)")
      .option(
        '--eid <digits>',
        'use the eUICC with this EID, 32 digits; if it does not exist, the command makes it and stores it next to the state file',
        eidDigits,
      ),
  );

/** Adds the options for the eUICC and its state, and for the form of the output. */
export const deviceFlags = (command: Command): Command =>
  euiccFlags(command).option('--json', 'as JSON, on standard output');

/** Adds the options for connections to servers and for trust in them. */
export const serverFlags = (command: Command): Command => connectionFlags(deviceFlags(command));

/** Adds only the options for connections to servers and for trust in them. */
export const connectionFlags = (command: Command): Command =>
  command
    .option('--connect <host:port>', "connect to this address instead of the server's address", serverAddress)
    .option('--ca <file>', caMeaning, filesToRead)
    .option('--insecure', 'accept any TLS certificate')
    .option('--no-tls', 'use plain HTTP');
