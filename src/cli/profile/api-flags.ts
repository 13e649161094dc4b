import type { Command } from 'commander';

/** Options of every command that calls a running server. */
export interface ApiFlags {
  readonly server?: string;
  readonly token?: string;
  readonly namespace?: string;
  readonly json?: boolean;
}

/** Adds the options that choose the server. */
export const serverFlags = (command: Command): Command =>
  command
    .option(
      '--server <url>',
      'operator-facing listener (default: http://<SMDP_ADMIN_HOST>:<SMDP_ADMIN_PORT>)',
    )
    .option(
      '--token <token>',
      'bearer token of the server (default: SMDP_ADMIN_TOKEN, or the file admin.token beside the database)',
    )
    .option('--namespace <name>', 'use only this namespace (default: the whole server)');

/** Adds the options for the server and for the format of its answer. */
export const apiFlags = (command: Command): Command =>
  serverFlags(command).option('--json', "print the server's answer unchanged");

/** Adds the option that chooses one of several profiles with the same ICCID. */
export const choiceFlags = (command: Command): Command => profileChoice(apiFlags(command));

/** Like {@link choiceFlags}, but without `--json`. */
export const binaryChoiceFlags = (command: Command): Command => profileChoice(serverFlags(command));

const profileChoice = (command: Command): Command =>
  command.option('--matching-id <id>', 'MatchingID that selects one of several profiles with this ICCID');

/** The options that are members of a request: all options except those of {@link apiFlags}. */
export function membersOf<Flags extends ApiFlags>(flags: Flags): Omit<Flags, keyof ApiFlags> {
  const members: Partial<Flags> = { ...flags };
  for (const name of ['server', 'token', 'namespace', 'json'] as const) delete members[name];
  return members as Omit<Flags, keyof ApiFlags>;
}
