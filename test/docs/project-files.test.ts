import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { migrations } from '../../src/store/postgres/migrations/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const filesIn = (folder: string, end: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

interface Step {
  readonly run?: string;
  readonly uses?: string;
}
interface Job {
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}
interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflowOf = (file: string): Workflow => parseDocument(text(file)).toJS() as Workflow;
const workflows = filesIn('.github/workflows', '.yml');
const stepsOf = (file: string): readonly Step[] =>
  Object.values(workflowOf(file).jobs).flatMap(({ steps = [] }) => steps);

const manifest = JSON.parse(text('package.json')) as {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly files: readonly string[];
};

/** What is wrong with the commands: npm scripts and files of the project that they call and that are not there. */
function problemsOf(commands: string): string[] {
  const problems: string[] = [];
  for (const [, name] of commands.matchAll(/\bnpm run (?:--?\w+ )*([\w:-]+)/g))
    if (!(name! in manifest.scripts)) problems.push(`npm run ${name} is not in package.json`);
  if (/\bnpm (test|start)\b/.test(commands))
    for (const name of ['test', 'start']) if (!(name in manifest.scripts)) problems.push(`npm ${name}`);
  for (const [, file] of commands.matchAll(/\bnode ((?:scripts|bench)\/[\w/-]+\.js)/g))
    if (!existsSync(join(root, file!))) problems.push(`${file} does not exist`);
  for (const [file] of commands.matchAll(/(?<=^|\s)\.ci\/\w+/g))
    if (!isExecutable(file)) problems.push(`${file} cannot be run`);
  return problems;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(join(root, file), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

describe.each(filesIn('.github', '.yml'))('%s', (file) => {
  it('is valid YAML', () => {
    const { errors, warnings } = parseDocument(text(file));
    expect([...errors, ...warnings]).toEqual([]);
  });
});

describe.each(workflows)('%s', (file) => {
  it('calls scripts that exist', () => {
    expect(stepsOf(file).flatMap(({ run = '' }) => problemsOf(run))).toEqual([]);
  });

  it('names the version of each action', () => {
    const actions = stepsOf(file).flatMap(({ uses }) => uses ?? []);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@v\d/.test(action))).toEqual([]);
  });

  it('calls workflows that can be called', () => {
    for (const { uses } of Object.values(workflowOf(file).jobs)) {
      if (uses) expect(workflowOf(uses).on).toHaveProperty('workflow_call');
    }
  });

  it('may only read, unless a job says otherwise', () => {
    expect(workflowOf(file).permissions).toEqual({ contents: 'read' });
  });

  it('publishes to whatever repository it runs in', () => {
    for (const [, name] of text(file).matchAll(/ghcr\.io\/(\S+)/g)) expect(name).toBe('${{');
  });
});

it('CI runs on the oldest Node that the package promises', () => {
  const oldest = Number(/\d+/.exec(manifest.engines.node)![0]);
  const versions = workflowOf('.github/workflows/ci.yml').jobs['test']?.strategy?.matrix['node'];
  expect(Math.min(...(versions as number[]))).toBe(oldest);
});

it('the package has every example file that the pages name', () => {
  const packed = /^data\/[\w-]+\.example\.\w+$/;
  const pages = ['README.md', ...filesIn('docs', '.md')].map(text).join('\n');
  const named = new Set([...pages.matchAll(/\bdata\/[\w.-]+\.example\.\w+/g)].map(([file]) => file));
  expect(manifest.files).toContain('data/*.example.*');
  expect(named.size).toBeGreaterThan(0);
  expect([...named].filter((file) => !packed.test(file) || !existsSync(join(root, file)))).toEqual([]);
});

it.each(readdirSync(join(root, '.ci')))('.ci/%s calls scripts that exist', (name) => {
  expect(problemsOf(text(`.ci/${name}`))).toEqual([]);
});

it.each(filesIn('.github/ISSUE_TEMPLATE', '.yml').filter((file) => !file.endsWith('config.yml')))(
  '%s is an issue form',
  (file) => {
    const form = parseDocument(text(file)).toJS() as {
      readonly name: string;
      readonly description: string;
      readonly body: readonly { readonly type: string; readonly id?: string }[];
    };
    expect(form.name).toMatch(/\w/);
    expect(form.description).toMatch(/\w/);
    const ids = form.body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

const decisions = readdirSync(join(root, 'docs/adr'));

it('docs/development.md links every decision', () => {
  const page = text('docs/development.md');
  expect(decisions.filter((name) => !page.includes(`](adr/${name})`))).toEqual([]);
});

describe.each(['CONTRIBUTING.md', 'SECURITY.md', ...decisions.map((name) => `docs/adr/${name}`)])(
  '%s',
  (file) => {
    it('links and names files that exist', () => {
      const links = [...text(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) =>
        join(dirname(file), link!),
      );
      const names = [...text(file).matchAll(/`((?:src|test|scripts|docs|\.github|\.ci)\/[^`<]*)`/g)].map(
        ([, name]) => name!,
      );
      expect([...links, ...names].filter((name) => !existsSync(join(root, name)))).toEqual([]);
    });

    it('names commands that exist', () => {
      expect(problemsOf(text(file))).toEqual([]);
    });
  },
);

it('docs/scale-out.md shows the schema version that `migrate` prints', () => {
  const shown = [...text('docs/scale-out.md').matchAll(/schema version (\d+)\./g)].map(([, version]) =>
    Number(version),
  );
  expect(new Set(shown)).toEqual(new Set([migrations.length]));
});
