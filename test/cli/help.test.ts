import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.js';
import { version } from '../../src/base/version.js';
import { cli } from './support/run.js';

/** The words that lead to every command. */
function pathsBelow(command: Command, path: readonly string[] = []): string[][] {
  return command.commands.flatMap((each) => {
    const words = [...path, each.name()];
    return [words, ...pathsBelow(each, words)];
  });
}

const paths = pathsBelow(program());

describe('help', () => {
  it('knows a command for every job', () => {
    const jobs = 'serve ready config certs profile order manifest pool device fault session'.split(' ');
    expect(program().commands.map((command) => command.name())).toEqual(expect.arrayContaining(jobs));
  });

  it.each(paths.map((path) => [path.join(' '), path] as const))(
    "of '%s' says what it does and what each option is for",
    async (name, path) => {
      const { code, stdout, stderr } = await cli(...path, '--help');
      expect(code).toBe(0);
      expect(stderr).toBe('');
      expect(stdout).toContain(`Usage: mock-smdp ${name}`);
      expect(stdout).toMatch(/^[A-Z][^\n]+/m);
      const undescribed = stdout.split('\n').filter((line) => /^ {2}-{1,2}\S+( <\S+>)?\s*$/.test(line));
      expect(undescribed).toEqual([]);
      expect(stdout).not.toContain('(preset:');
    },
  );

  it.each(['serve', 'profile', 'profile create', 'device', 'device download', 'certs'])(
    "of '%s' has examples",
    async (name) => {
      const { stdout } = await cli(...name.split(' '), '--help');
      expect(stdout).toMatch(/Examples:\n {2}# .+\n {2}mock-smdp /);
    },
  );

  it('of the whole is what the help command prints', async () => {
    const asked = await cli('help');
    expect(asked.code).toBe(0);
    expect(asked.stdout).toBe((await cli('--help')).stdout);
    expect(asked.stdout).toContain('Exit codes:');
  });

  it('of a command is what the help command prints', async () => {
    const asked = await cli('help', 'device');
    expect(asked.code).toBe(0);
    expect(asked.stdout).toBe((await cli('device', '--help')).stdout);
    expect((await cli('device', 'help')).stdout).toBe(asked.stdout);
    expect((await cli('device', 'help', 'list')).stdout).toContain('Usage: mock-smdp device list');
  });

  it('is without colours where it is not read on a terminal', async () => {
    expect((await cli('--help')).stdout).not.toContain('\x1b');
  });
});

describe('the command line', () => {
  it('tells its version', async () => {
    expect(await cli('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('shows what there is when no command is given, and takes that for a mistake', async () => {
    const { code, stderr } = await cli();
    expect(code).toBe(2);
    expect(stderr).toContain('Commands:');
  });

  it.each([
    [['profil'], 'Did you mean profile?'],
    [['device', 'downlod'], 'Did you mean download?'],
    [['profile', 'create', '--icid', '1'], 'Did you mean --iccid?'],
    [['profile', 'create', '--reuse', 'twice'], 'Allowed choices are once, per-device, unlimited'],
    [['profile', 'create', '--download-attempts', 'many'], 'It must be a whole number of at most 9 digits.'],
    [['device', 'download', 'LPA:1$a$b', '--imei', '1'], 'It must be 15 or 16 digits.'],
    [['device', 'discover', '--imei', '12345678901234567'], 'It must be 15 or 16 digits.'],
    [['device', 'list', '--eid', '123'], 'It must be 32 digits.'],
    [['device', 'frob', '--help'], "unknown command 'frob'"],
    [['profil', '--help'], 'Did you mean profile?'],
    [['profile', 'show'], "missing required argument 'iccid'"],
    [['device', 'download', '--cancel', 'bored'], 'endUserRejection'],
    [['device', 'download'], 'give either an activation code or --smdp'],
    [['device', 'download', 'LPA:1$a$b', '--smdp', 'a'], 'give either an activation code or --smdp'],
    [['device', 'download', 'LPA:1$a$b', '--matching-id', 'c'], '--matching-id is allowed only with --smdp'],
  ])('answers %j with exit code 2 and a hint', async (args, hint) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(hint);
    expect(stderr).toContain("--help' to see its commands and options");
  });
});
