import { Command, InvalidArgumentError, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { decode } from '../../wire/asn1/index.js';
import { EuiccInfo2 } from '../../wire/rsp/index.js';
import { lintPackage, type Finding, type Severity } from '../../profiles/index.js';
import { CliError } from '../errors.js';
import { filesOrStdin } from '../files.js';
import { examples } from '../help.js';
import { print, printJson, printStatus } from '../output.js';
import { nameOf, packageArgument, readPackage } from './read-package.js';
import { sarifOf, type LintedFile } from './sarif.js';

interface LintFlags {
  readonly euiccInfo2?: EuiccInfo2;
  readonly failOn: Severity | 'never';
  readonly format: 'text' | 'json' | 'sarif';
  readonly json?: boolean;
}

/** `mock-smdp package lint`. */
export function lintCommand(): Command {
  const command = new Command('lint')
    .description('Check packages against the interoperable format (SAIP). Each finding names its clause.')
    .argument('<files...>', packageArgument, filesOrStdin)
    .option(
      '--euicc-info2 <file or text>',
      'also check whether an eUICC with this EUICCInfo2 (BF22) can install the package: hex, base64, or a file with either or with DER',
      euiccInfo2,
    )
    .addOption(
      new Option('--format <format>', 'format of the result')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .addOption(new Option('--json', 'as JSON, like --format json').conflicts('format'))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 if a finding has this or a higher severity')
        .choices(['error', 'warning', 'note', 'never'])
        .default('error'),
    );
  examples(command, [
    ['check a package', 'package lint profile.der'],
    ['in CI, for a code host that reads SARIF', 'package lint --format sarif profiles/*.der > lint.sarif'],
  ]);
  return command.action(
    (files: readonly string[], { euiccInfo2: info, json, failOn, ...flags }: LintFlags) => {
      const format = json ? 'json' : flags.format;
      const linted = files.map((file) => ({
        file,
        findings: lintPackage(readPackage(file), { euiccInfo2: info }),
      }));
      if (format === 'json') printJson(linted);
      else if (format === 'sarif') printJson(sarifOf(linted));
      else linted.forEach(printFindings);
      const grave = linted
        .flatMap(({ findings }) => findings)
        .filter(({ severity }) => isAsGrave(severity, failOn));
      if (grave.length > 0)
        throw new CliError(grave.length === 1 ? '1 finding.' : `${grave.length} findings.`);
    },
  );
}

const gravity: Readonly<Record<Severity, number>> = { error: 3, warning: 2, note: 1 };
const isAsGrave = (severity: Severity, least: Severity | 'never'): boolean =>
  least !== 'never' && gravity[severity] >= gravity[least];

function printFindings({ file, findings }: LintedFile): void {
  for (const finding of findings) print(`${nameOf(file)}: ${lineOf(finding)}`);
  if (findings.length === 0) printStatus(`${nameOf(file)}: nothing found.`);
}

function lineOf({ severity, rule, clause, message, element, elementName, file, offset }: Finding): string {
  const place = [
    ...(element === undefined
      ? []
      : [`element ${element}${elementName === undefined ? '' : ` (${elementName})`}`]),
    ...(file === undefined ? [] : [file]),
    ...(offset === undefined ? [] : [`octet ${offset}`]),
  ].join(', ');
  return `${severity}: ${place === '' ? '' : `${place}: `}${message} [${rule}; ${clause}]`;
}

/** Hex, or base64 of octets that begin with BF22. */
const octetsInText = /^(?:[0-9A-Fa-f\s]+|vy[I-L][\w+/\s-]+(?:={1,2}\s*)?)$/;

/** Reads EUICCInfo2 from hex or base64, or from a file with hex, base64 or DER. @throws InvalidArgumentError */
function euiccInfo2(value: string): EuiccInfo2 {
  const text = octetsInText.test(value) ? value : contentOf(value);
  try {
    return decode(EuiccInfo2, typeof text === 'string' ? octetsOf(text) : text, { lengths: 'definite' });
  } catch (error) {
    throw new InvalidArgumentError(`This is not an EUICCInfo2 (tag BF22): ${(error as Error).message}`);
  }
}

function contentOf(path: string): Buffer | string {
  try {
    const content = readFileSync(path);
    return content[0] === 0xbf ? content : content.toString('latin1');
  } catch {
    throw new InvalidArgumentError(
      'This is neither hex, nor base64 of an EUICCInfo2 (tag BF22), nor the name of a readable file.',
    );
  }
}

const octetsOf = (text: string): Buffer => {
  const compact = text.replace(/\s/g, '');
  return Buffer.from(compact, /^[0-9a-f]+$/i.test(compact) ? 'hex' : 'base64');
};
