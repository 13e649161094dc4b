import { basename, parse, relative } from 'node:path';
import { Command } from 'commander';
import { nearest } from '../../base/did-you-mean.js';
import { CliError } from '../errors.js';
import { commandFor } from '../invocation.js';
import { facts, print, printJson } from '../output.js';
import type { CertificateReport } from './certificate-report.js';
import { certsFlags, folderOf, inspect, type CertsFlags } from './folder.js';

/** `mock-smdp certs show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Show one certificate of a PKI folder.')
    .argument('<file>', 'file of the certificate, for example CERT_S_SM_DP_TLS_NIST.der');
  return certsFlags(command).action((file: string, flags: CertsFlags) => {
    const reports = find(file, flags);
    if (flags.json) return printJson(reports.length === 1 ? reports[0] : reports);
    reports.flatMap(describe).forEach((line) => print(line));
  });
}

/** Finds the certificates of a file. A PEM file may contain several. */
function find(file: string, flags: CertsFlags): CertificateReport[] {
  const { certificates, unreadable } = inspect(flags);
  const inFolder = relative(folderOf(flags), file);
  const isMeant = (name: string): boolean =>
    [name, basename(name), parse(name).name].some((each) => each === file || each === inFolder);
  const found = certificates.filter((report) => isMeant(report.file));
  if (found.length > 0) return found;
  const broken = unreadable.find((each) => isMeant(each.file));
  if (broken) throw new CliError(`${broken.file} ${broken.problem}`);
  const meant = nearest(
    file,
    certificates.map((report) => report.file),
  );
  const remedy = meant ? `Did you mean ${meant}?` : `'${commandFor('certs', 'list')}' lists the certificates.`;
  throw new CliError(`${folderOf(flags)} has no certificate ${file}.\n${remedy}`);
}

const describe = (report: CertificateReport): string[] =>
  facts([
    ['file', report.file],
    ['role', report.role],
    ['subject', report.subject],
    ['issuer', report.issuer],
    ['issued by', report.issuedBy ?? 'a certificate that is not in the folder'],
    ['serial number', report.serialNumber],
    ['curve', report.curve],
    ['valid from', report.notBefore],
    ['valid until', `${report.notAfter} (${daysText(report.daysLeft)})`],
    ['OID', report.oid ?? undefined],
    ['EID', report.eid ?? undefined],
    ['names', report.names.join(', ') || undefined],
    ['key identifier', report.keyId ?? undefined],
    ['private key', report.keyFile ?? 'not in the folder'],
    ['problems', report.problems.join('; ') || 'none'],
  ]);

const daysText = (days: number): string => (days < 0 ? `${-days} days ago` : `${days} days left`);
