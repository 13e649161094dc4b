import type { Command } from 'commander';
import { resolveConfig } from '../../server/index.js';
import { CliError } from '../errors.js';
import { commandFor } from '../invocation.js';
import { inspectFolder, type FolderReport } from './inspect-folder.js';

/** Options of every `certs` command. */
export interface CertsFlags {
  readonly certs?: string;
  readonly json?: boolean;
}

export const certsFlags = (command: Command): Command =>
  command
    .option('--certs <folder>', 'PKI folder (default: SMDP_CERTS, or certs)')
    .option('--json', 'as JSON, on standard output');

export const folderOf = ({ certs }: CertsFlags): string => certs ?? resolveConfig(process.env).config.certs;

/** Reads the PKI folder that the options name. @throws CliError if the folder has no certificate */
export function inspect(flags: CertsFlags): FolderReport {
  const folder = folderOf(flags);
  const { dsAddress } = resolveConfig(process.env).config;
  const report = inspectFolder(folder, new Date(), dsAddress !== undefined);
  if (report.certificates.length + report.unreadable.length > 0) return report;
  throw new CliError(`${folder} has no certificates.\nMake a test PKI there: ${commandFor('certs', 'init')}`);
}
