import { Command, CommanderError } from 'commander';
import { configCommand } from './config-command.js';
import { serveCommand } from './serve-command.js';
import { isExpected } from './errors.js';
import { version } from './version.js';

/** Exit codes: what scripts can tell apart. */
export const exitCode = { ok: 0, failed: 1, usage: 2 } as const;

/** Runs the command line and returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command('mock-smdp')
    .description('A mock SM-DP+ (GSMA SGP.22): real on the wire, scripted and inspectable for tests.')
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError("(run 'mock-smdp help' for what there is)")
    .exitOverride();
  for (const command of [serveCommand(), configCommand()]) program.addCommand(command.exitOverride());
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode.ok;
  } catch (error) {
    return explain(error);
  }
}

/** Says on standard error what went wrong: a sentence where the cause is known, else the stack. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  const known = isExpected(error);
  console.error(known ? `mock-smdp: ${(error as Error).message}` : error);
  return exitCode.failed;
}
