import { Option } from 'commander';
import { luhnChecks } from '../wire/rsp/index.js';

/** The option `--luhn` of commands that make profiles from ICCIDs. */
export const luhnOption = (byDefault: (typeof luhnChecks)[number]): Option =>
  new Option(
    '--luhn <how>',
    `ICCIDs with a wrong check digit or with hex digits: off accepts them, warn accepts them with a warning, strict refuses them (default: ${byDefault})`,
  ).choices(luhnChecks);
