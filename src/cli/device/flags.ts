import type { Command } from 'commander';
import { serverAddress } from '../addresses.js';
import { filesToRead } from '../files.js';
import { eidDigits } from '../numbers.js';

/** Options of every `device` command. */
export interface DeviceFlags {
  readonly certs?: string;
  readonly state?: string;
  readonly eid?: string;
  readonly json?: boolean;
}

/** Options of those that talk to servers. */
export interface ServerFlags extends DeviceFlags {
  readonly connect?: string;
  readonly ca?: readonly string[];
  readonly insecure?: boolean;
  readonly tls: boolean;
}

/** Which eUICC it is, and where its state is kept. */
export const deviceFlags = (command: Command): Command =>
  command
    .option('--certs <folder>', 'PKI folder with the eUICC and its CI (default: SMDP_CERTS, or certs)')
    .option('--state <file>', 'what the eUICC remembers (default: data/device.json; with --eid one per EID)')
    .option(
      '--eid <digits>',
      'be another device: 32 digits; made at its first use, and kept beside its state',
      eidDigits,
    )
    .option('--json', 'as JSON, on standard output');

/** How servers are reached, and which of them are believed. */
export const serverFlags = (command: Command): Command =>
  deviceFlags(command)
    .option(
      '--connect <host:port>',
      'connect here instead of to the address that is asked for',
      serverAddress,
    )
    .option(
      '--ca <file>',
      "CA that the server's TLS certificate has to lead to (default: those of the PKI folder)",
      filesToRead,
    )
    .option('--insecure', 'accept any TLS certificate')
    .option('--no-tls', 'speak plain HTTP');
