import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const tests = fileURLToPath(new URL('./', import.meta.url));

/** The rooms from top to bottom, and which rooms each may import from. Every arrow points down. */
const plan = {
  cli: [
    ...[
      'library',
      'replay',
      'server',
      'api',
      'pools',
      'manifests',
      'device',
      'profiles',
      'store',
      'pki',
      'wire',
      'base',
    ],
  ],
  console: ['base'],
  library: ['server', 'api', 'instruments', 'orders', 'device', 'store', 'pki', 'wire', 'base'],
  server: [
    ...[
      'replay',
      'api',
      'smds',
      'interfaces',
      'pools',
      'manifests',
      'outbound',
      'instruments',
      'orders',
      'profiles',
    ],
    ...['device', 'store', 'pki', 'wire', 'base'],
  ],
  replay: [
    ...['api', 'smds', 'interfaces', 'instruments', 'orders', 'profiles', 'store', 'pki', 'wire', 'base'],
  ],
  api: [
    ...['smds', 'pools', 'manifests', 'instruments', 'orders', 'profiles', 'device', 'store', 'pki'],
    ...['wire', 'base'],
  ],
  smds: ['interfaces', 'outbound', 'instruments', 'orders', 'store', 'pki', 'wire', 'base'],
  interfaces: ['outbound', 'instruments', 'orders', 'profiles', 'store', 'pki', 'wire', 'base'],
  pools: ['manifests', 'orders', 'profiles', 'store', 'wire', 'base'],
  manifests: ['orders', 'profiles', 'store', 'wire', 'base'],
  outbound: ['orders', 'store', 'wire', 'base'],
  instruments: ['orders', 'profiles', 'store', 'pki', 'wire', 'base'],
  orders: ['profiles', 'store', 'pki', 'wire', 'base'],
  profiles: ['wire', 'base'],
  device: ['pki', 'wire', 'base'],
  pki: ['wire', 'base'],
  store: ['base'],
  wire: ['base'],
  base: [],
} as const satisfies Record<string, readonly string[]>;

/** Rooms of which another may import types, but nothing that runs. The console knows the API by the types of its schemas. */
const typesOnly: Readonly<Record<string, readonly string[]>> = { console: ['api'] };

const rooms: readonly string[] = Object.keys(plan);

/** What the device sees of the PKI: nothing that the server signs or verifies with. */
const publicPki = /^pki\/(public|contents|issue|pem|material|read-folder)\.ts$/;

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Whether only types are imported, so that nothing is left of the import when it runs. */
  readonly isOfTypes: boolean;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /(?<!\.d)\.tsx?$/.test(name));
const files = filesIn(src);
const roomOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

/** All imports of our own files from the files of a folder: static, dynamic, of types, and re-exports. */
const arrowsFrom = (folder: string): readonly Arrow[] =>
  filesIn(folder).flatMap((from) => {
    const text = readFileSync(join(folder, from), 'utf8');
    const ofTypes = importsOfTypes(text);
    return ts
      .preProcessFile(text)
      .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName, pos }) => ({
        from,
        to: target(join(folder, from), fileName),
        isOfTypes: ofTypes.has(pos),
      }));
  });
const arrows = arrowsFrom(src);

/** The file that an import names, relative to `src`. */
function target(from: string, name: string): string {
  const path = relative(src, join(from, '..', name)).replaceAll('\\', '/');
  const source = path.replace(/\.js$/, '.ts');
  return files.includes(source) ? source : path.replace(/\.js$/, '.tsx');
}

/** Where the names of modules stand that `import type` or `export type` take something from. */
function importsOfTypes(text: string): ReadonlySet<number> {
  const file = ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest);
  const names = file.statements.map((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const { importClause, moduleSpecifier } = statement;
      return importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? moduleSpecifier : undefined;
    }
    return ts.isExportDeclaration(statement) && statement.isTypeOnly ? statement.moduleSpecifier : undefined;
  });
  return new Set(names.flatMap((name) => (name ? [name.getStart(file)] : [])));
}
const shown = (some: readonly Arrow[]): string[] => some.map(({ from, to }) => `${from} -> ${to}`);

describe('the plan', () => {
  it('has every room of src, and arrows that point down', () => {
    const present = [...new Set(files.map(roomOf))].filter((room) => room !== '');
    expect(present.filter((room) => !rooms.includes(room))).toEqual([]);
    const upwards = Object.entries(plan).flatMap(([room, below]) =>
      below
        .filter((other) => rooms.indexOf(other) <= rooms.indexOf(room))
        .map((other) => `${room} -> ${other}`),
    );
    expect(upwards).toEqual([]);
  });
});

describe('the rooms of src', () => {
  it('import from the rooms below them only', () => {
    const backwards = arrows.filter(({ from, to, isOfTypes }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      if (room === '' || room === other || (isOfTypes && typesOnly[room]?.includes(other))) return false;
      return !(plan as Record<string, readonly string[]>)[room]?.includes(other);
    });
    expect(shown(backwards)).toEqual([]);
  });

  it('let the device see of the PKI only what is public', () => {
    const inside = arrows.filter(
      ({ from, to }) => roomOf(from) === 'device' && roomOf(to) === 'pki' && !publicPki.test(to),
    );
    expect(shown(inside)).toEqual([]);
  });
});

describe('imports of types', () => {
  it('are told apart from imports of what runs', () => {
    const text = `import type { A } from './a.js'; import { type B } from './b.js'; import './c.js';
      export type { D } from './d.js'; const e = import('./e.js');`;
    const ofTypes = importsOfTypes(text);
    const { importedFiles } = ts.preProcessFile(text);
    const found = importedFiles.filter(({ pos }) => ofTypes.has(pos)).map(({ fileName }) => fileName);
    expect(importedFiles).toHaveLength(5);
    expect(found).toEqual(['./a.js', './d.js']);
  });
});

/**
 * Inner files that tests of other rooms may import. The device's own cryptography and messages judge those of the server. The frames
 * let a test of the command line play the card reader.
 */
const openToTests: readonly string[] = [
  'device/apdu/frames/frames.ts',
  'device/euicc/aes-cmac.ts',
  'device/euicc/secure-messaging.ts',
  'device/lpa/device-info.ts',
];

describe('the tests', () => {
  it('import other rooms than their own through an index', () => {
    const inside = arrowsFrom(tests).filter(
      ({ from, to }) =>
        rooms.includes(roomOf(to)) &&
        roomOf(to) !== roomOf(from) &&
        roomOf(to) !== 'base' &&
        !to.endsWith('/index.ts') &&
        !openToTests.includes(to),
    );
    expect(shown(inside)).toEqual([]);
  });
});

describe('the files of src', () => {
  it('import each other in no circle, not even for types', () => {
    expect(circles(arrows)).toEqual([]);
  });

  it('shows a circle where there is one', () => {
    const some = ['a b', 'b c', 'c b', 'c d'].map((pair) => pair.split(' '));
    expect(circles(some.map(([from, to]) => ({ from: from!, to: to!, isOfTypes: false })))).toEqual([
      'b -> c -> b',
    ]);
  });
});

/** One circle for each group of files that import each other. */
function circles(all: readonly Arrow[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of all) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) follow(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) follow(file, []);
  return found;
}
