import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Record<string, { readonly default: string }>;
  readonly outputs: Record<string, { readonly value: string }>;
  readonly runs: { readonly steps: readonly { readonly id?: string; readonly run: string }[] };
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;
const start = action.runs.steps.find(({ id }) => id === 'start')!.run;

const hasTools = ['bash', 'curl'].every((tool) => spawnSync(tool, ['--version']).status === 0);

let runner: string;
beforeEach(() => {
  runner = mkdtempSync(join(tmpdir(), 'runner-'));
  const programs = join(runner, 'mock-smdp', 'node_modules', '.bin');
  mkdirSync(programs, { recursive: true });
  symlinkSync(resolve('dist', 'bundle', 'main.js'), join(programs, 'mock-smdp'));
});
afterEach(() => {
  endServer();
  rmSync(runner, { recursive: true, force: true });
});

/** A server that has refused its settings has ended already. */
function endServer(): void {
  const pid = join(runner, 'mock-smdp', 'server.pid');
  if (existsSync(pid)) spawnSync('kill', [readFileSync(pid, 'utf8').trim()]);
}

/** Runs the step that starts the server as a runner does, and notes the server so that the test can end it. */
function runStart(settings: string) {
  const output = join(runner, 'output');
  writeFileSync(output, '');
  const script = start.replace('server=$!', 'server=$!; echo $server >server.pid');
  const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    env: { ...process.env, RUNNER_TEMP: runner, GITHUB_OUTPUT: output, SEED: 'none', SETTINGS: settings },
    encoding: 'utf8',
  });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  return {
    status,
    stdout,
    outputs: new Map(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])),
  };
}

describe.skipIf(!hasTools)('action.yml', () => {
  it('starts a server, and says where it is', async () => {
    const { status, stdout, outputs } = runStart(
      'SMDP_ADMIN_TOKEN=a-token-of-some-length\n\nSMDP_LOG_LEVEL=warn\n',
    );
    expect(status, stdout).toBe(0);
    expect([...outputs.keys()]).toEqual(Object.keys(action.outputs));
    const headers = { Authorization: 'Bearer a-token-of-some-length' };
    const answer = await fetch(`${outputs.get('operators')}/api/v1/address`, { headers });
    expect(await answer.json()).toMatchObject({ deviceUrl: outputs.get('devices') });
    expect(readFileSync(outputs.get('ca')!, 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  it.each([
    ['a line that is no setting', 'PORT=1', 2, "'PORT=1' of settings is not SMDP_NAME=value"],
    ['a setting that the server refuses', 'SMDP_PORT=many', 1, 'SMDP_PORT'],
  ])('fails at %s, and says why', (_name, settings, status, text) => {
    expect(runStart(settings)).toMatchObject({ status, stdout: expect.stringContaining(text) as string });
  });

  it('passes on each of its inputs', () => {
    const used = readFileSync('action.yml', 'utf8');
    for (const name of Object.keys(action.inputs)) expect(used).toContain(`\${{ inputs.${name} }}`);
  });
});
