import { Command, CommanderError, type AddHelpTextContext } from 'commander';
import { certsCommand } from './certs/certs-command.js';
import { clientCommand } from './client/client-command.js';
import { configCommand } from './config-command.js';
import { copyCommand } from './copy-command.js';
import { deviceCommand } from './device/device-command.js';
import { ExitWith, isExpected, isMisuse } from './errors.js';
import { faultCommand } from './fault/fault-command.js';
import { examples } from './help.js';
import { fleetCommand } from './fleet/fleet-command.js';
import { invocation, withoutQuotes } from './invocation.js';
import { printable, printStatus, printStatusWrapped } from './output.js';
import { manifestCommand } from './manifest/manifest-command.js';
import { mdmCommand } from './mdm/mdm-command.js';
import { migrateCommand } from './migrate-command.js';
import { orderCommand } from './order/order-command.js';
import { packageCommand } from './package/package-command.js';
import { phoneCommand } from './phone/phone-command.js';
import { poolCommand } from './pool/pool-command.js';
import { profileCommand } from './profile/profile-command.js';
import { proxyCommand } from './proxy/proxy-command.js';
import { readyCommand } from './ready-command.js';
import { replayCommand } from './replay/replay-command.js';
import { exportSeedCommand } from './seed/export-seed-command.js';
import { seedCommand } from './seed/seed-command.js';
import { sessionCommand } from './session/session-command.js';
import { serveCommand } from './serve-command.js';
import { webhookCommand } from './webhook/webhook-command.js';
import { subscribersCommand } from './subscribers/subscribers-command.js';
import { nearest } from '../base/did-you-mean.js';
import { version } from '../base/version.js';

/** Exit codes, for scripts. */
export const exitCode = { ok: 0, failed: 1, usage: 2 } as const;

/** The whole command line. */
export function program(): Command {
  const root = new Command('mock-smdp')
    .description('A mock SM-DP+ (GSMA SGP.22): real on the wire, scripted and inspectable for tests.')
    .version(version)
    .addCommand(serveCommand())
    .addCommand(readyCommand())
    .addCommand(profileCommand())
    .addCommand(faultCommand())
    .addCommand(webhookCommand())
    .addCommand(sessionCommand())
    .addCommand(proxyCommand())
    .addCommand(replayCommand())
    .addCommand(orderCommand())
    .addCommand(manifestCommand())
    .addCommand(poolCommand())
    .addCommand(subscribersCommand())
    .addCommand(seedCommand())
    .addCommand(exportSeedCommand())
    .addCommand(packageCommand())
    .addCommand(deviceCommand())
    .addCommand(phoneCommand())
    .addCommand(mdmCommand())
    .addCommand(fleetCommand())
    .addCommand(certsCommand())
    .addCommand(clientCommand())
    .addCommand(migrateCommand())
    .addCommand(copyCommand())
    .addCommand(configCommand());
  examples(root, [
    ['start a server, which makes certificates and a database, and prints an activation code', 'serve'],
    ['prepare another profile on this server, in a second terminal', 'profile create --label mine'],
    ['download a profile with the virtual device', "device download 'LPA:1$localhost:8443$...'"],
    ['all options of a command', 'profile create --help'],
  ]);
  root.addHelpText('beforeAll', refuseUnknown);
  root.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed, 2 wrong usage (a wrong argument, option or setting).',
  );
  return guarded(root);
}

/** Runs the command line and returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(args.map(withoutQuotes), { from: 'user' });
    return exitCode.ok;
  } catch (error) {
    return explain(error);
  }
}

/** Makes a command and its subcommands throw errors instead of ending the process, and suggest corrections of typos. */
function guarded(command: Command): Command {
  command
    .showSuggestionAfterError()
    .showHelpAfterError(
      `(run '${[invocation(), ...pathOf(command), '--help'].join(' ')}' to see its commands and options)`,
    )
    // An option belongs to the command that it follows: `proxy` has --to and --ca, and so has `proxy route add`.
    .enablePositionalOptions()
    .exitOverride();
  command.commands.forEach(guarded);
  return command;
}

/** Reports an unknown command even if `--help` follows it. */
function refuseUnknown({ error, command }: AddHelpTextContext): string {
  const [word] = command.args;
  const known = command.commands.map((each) => each.name());
  if (error || known.length === 0 || word === undefined || /^-|^help$/.test(word)) return '';
  const meant = nearest(word, known);
  return command.error(`error: unknown command '${word}'${meant ? `\n(Did you mean ${meant}?)` : ''}`);
}

/** The names of a command and its parents, without the program's name. */
const pathOf = (command: Command): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : [];

/**
 * Prints an error to standard error: only the message if the error is expected, otherwise the stack. @returns the exit
 * code
 */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof ExitWith) return error.exitCode;
  if (isExpected(error)) {
    const [first = '', ...rest] = (error as Error).message.split('\n');
    for (const line of [`mock-smdp: ${first}`, ...rest]) {
      const text = printable(line);
      // Lines with commands are not wrapped, so that users can copy the commands.
      if (text.includes(invocation())) printStatus(text);
      else printStatusWrapped(text, '  ');
    }
  } else {
    console.error(error);
  }
  return isMisuse(error) ? exitCode.usage : exitCode.failed;
}
