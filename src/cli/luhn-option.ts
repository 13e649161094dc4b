import { Option } from 'commander';
import { luhnChecks } from '../wire/rsp/index.js';

/** The option `--luhn` of commands that make profiles from ICCIDs. */
export const luhnOption = (byDefault: (typeof luhnChecks)[number]): Option =>
  new Option(
    '--luhn <how>',
    `off, warn or strict: ICCIDs with a wrong check digit or with hex digits pass, pass with a warning, or not (default: ${byDefault})`,
  ).choices(luhnChecks);
