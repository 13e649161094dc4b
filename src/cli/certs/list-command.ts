import { Command } from 'commander';
import { print, printable, printJson, printStatus, table } from '../output.js';
import type { CertificateReport } from './certificate-report.js';
import { certsFlags, inspect, type CertsFlags } from './folder.js';
import type { FolderReport } from './inspect-folder.js';

/** `mock-smdp certs list`. */
export function listCommand(): Command {
  const command = new Command('list').description('List the certificates of a PKI folder.');
  return certsFlags(command).action((flags: CertsFlags) => showList(inspect(flags), flags));
}

/** Prints one line per certificate. Warns about unusable files, missing files and certificates that expire soon. */
export function showList({ certificates, unreadable, gaps }: FolderReport, { json }: CertsFlags): void {
  if (json) printJson({ certificates, unreadable, gaps });
  else {
    const headings = ['file', 'role', 'subject', 'issued by', 'valid until', 'days', 'key', 'for', 'problems'];
    table(headings, certificates.map(row)).forEach((line) => print(line));
  }
  for (const { file, problem } of unreadable) {
    printStatus(`Warning: ${printable(file)} ${printable(problem)}. Not used.`);
  }
  for (const gap of gaps) printStatus(`Warning: ${printable(gap)}`);
  for (const { file, notAfter, daysLeft } of certificates) {
    if (daysLeft < 0) printStatus(`Warning: ${printable(file)} expired on ${notAfter.slice(0, 10)}.`);
    else if (daysLeft < 30) printStatus(`Warning: ${printable(file)} expires on ${notAfter.slice(0, 10)}.`);
  }
}

const row = (report: CertificateReport) => [
  report.file,
  report.role,
  report.subject,
  report.issuedBy === report.file ? '(itself)' : report.issuedBy,
  report.notAfter.slice(0, 10),
  report.daysLeft,
  report.keyFile === null ? 'no' : 'yes',
  [report.eid ?? report.oid, ...report.names].filter(Boolean).join(' '),
  report.problems.join('; '),
];
