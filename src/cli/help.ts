import type { Command } from 'commander';
import { invocation } from './invocation.js';

/** Adds examples to a command's help. Each example is a purpose and the arguments of this program. */
export function examples(
  command: Command,
  lines: readonly (readonly [purpose: string, args: string])[],
): Command {
  const text = lines.map(([purpose, args]) => `  # ${purpose}\n  ${invocation()} ${args}`).join('\n');
  return command.addHelpText('after', `\nExamples:\n${text}`);
}

/** Collects the values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];
