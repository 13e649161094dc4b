import { Command } from 'commander';
import {
  inspectPackage,
  viewPackage,
  type ElementView,
  type FileView,
  type ViewValue,
} from '../../profiles/index.js';
import { fileOrStdin } from '../files.js';
import { examples } from '../help.js';
import { facts, print, printJson } from '../output.js';
import { notPackage, packageArgument, readPackage } from './read-package.js';

interface ShowFlags {
  readonly secrets?: boolean;
  readonly json?: boolean;
}

/** `mock-smdp package show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Decode a package: every element, file, code and key set.')
    .argument('<file>', packageArgument, fileOrStdin)
    .option('--secrets', 'also show the values of keys and codes')
    .option('--json', 'as JSON');
  examples(command, [['every file of a package, with its content', 'package show profile.der']]);
  return command.action((file: string, { secrets = false, json }: ShowFlags) => {
    const view = viewPackage(inspectPackage(readPackage(file)), secrets);
    if (json) printJson(view);
    if (view.problem !== undefined) throw notPackage(file, view.problem);
    if (!json) view.elements.flatMap(describe).forEach((line) => print(line));
  });
}

function describe(element: ElementView): string[] {
  const { number, name, offset, length, identification, mandated, templateID, problem, values, files } =
    element;
  const heading = `${number}. ${name}: ${length} octets at ${offset}`;
  const about = [
    ...(identification === undefined ? [] : [`identification ${identification}`]),
    ...(mandated ? ['mandated'] : []),
    ...(templateID === undefined ? [] : [`template ${templateID}`]),
  ].join(', ');
  return [
    about === '' ? heading : `${heading} (${about})`,
    ...(problem === undefined ? [] : [`  cannot be decoded: ${problem}`]),
    ...facts(Object.entries(values).flatMap(rowsOf)),
    ...files.flatMap(describeFile),
  ];
}

const rowsOf = ([name, value]: [string, ViewValue | undefined]): [string, string | undefined][] =>
  typeof value === 'object'
    ? value.map((each, index) => [index === 0 ? name : '', each])
    : [[name, value === undefined ? undefined : String(value)]];

function describeFile({
  name,
  fid,
  kind,
  aid,
  size,
  recordLength,
  accessRule,
  created,
  content,
  meaning,
}: FileView): string[] {
  const about = [
    kind,
    ...(size === undefined
      ? []
      : [recordLength ? `${Math.floor(size / recordLength)} x ${recordLength} octets` : `${size} octets`]),
    ...(aid === undefined ? [] : [`AID ${aid}`]),
    ...(accessRule === undefined ? [] : [`access rule ${accessRule}`]),
    ...(created === false ? ['not created'] : []),
  ].filter((part) => part !== undefined);
  const heading = `  ${name}${fid === undefined ? '' : ` (${fid})`}: ${about.join(', ')}`;
  return [
    heading,
    ...(content === undefined ? [] : [`    ${content}${meaning === undefined ? '' : `  ${meaning}`}`]),
  ];
}
