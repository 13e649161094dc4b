import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** Which rooms a room may import from; those further down the plan only. */
const below: Readonly<Record<string, readonly string[]>> = {
  base: [],
  asn1: ['base'],
  rsp: ['asn1', 'base'],
  'json-binding': ['exchanges', 'pki', 'rsp', 'asn1'],
  manifests: ['rsp', 'base'],
  store: ['rsp', 'base'],
  pki: ['rsp', 'asn1', 'base'],
  es8plus: ['rsp', 'asn1', 'base'],
  profiles: ['rsp', 'asn1', 'base'],
  orders: ['manifests', 'profiles', 'store', 'pki', 'rsp', 'asn1', 'base'],
  exchanges: ['es8plus', 'store', 'rsp', 'asn1', 'base'],
  device: ['pki', 'rsp', 'asn1', 'base'],
  authentication: ['json-binding', 'exchanges', 'pki', 'store', 'rsp', 'asn1', 'base'],
  'sm-ds': ['store', 'rsp', 'base'],
  es11: ['authentication', 'json-binding', 'exchanges', 'pki', 'store', 'rsp', 'asn1', 'base'],
  es12: ['sm-ds', 'json-binding', 'exchanges', 'pki', 'store', 'rsp', 'base'],
  es2plus: ['json-binding', 'exchanges', 'orders', 'profiles', 'pki', 'store', 'rsp', 'asn1', 'base'],
  delivery: ['base'],
  discovery: ['authentication', 'delivery', 'es12', 'sm-ds', 'orders', 'store', 'rsp', 'base'],
  progress: ['delivery', 'json-binding', 'orders', 'store', 'rsp', 'base'],
  es9plus: [
    'authentication',
    'progress',
    'json-binding',
    'exchanges',
    'orders',
    'profiles',
    'es8plus',
    'pki',
    'store',
    'rsp',
    'asn1',
    'base',
  ],
  faults: ['json-binding', 'exchanges', 'orders', 'pki', 'store', 'rsp', 'asn1', 'base'],
  control: [
    'sm-ds',
    'faults',
    'exchanges',
    'orders',
    'manifests',
    'profiles',
    'pki',
    'store',
    'rsp',
    'asn1',
    'base',
  ],
  server: [
    'authentication',
    'sm-ds',
    'es11',
    'es12',
    'es2plus',
    'es9plus',
    'progress',
    'delivery',
    'discovery',
    'control',
    'faults',
    'exchanges',
    'orders',
    'manifests',
    'profiles',
    'pki',
    'store',
    'rsp',
    'base',
  ],
  replay: [
    'server',
    'es11',
    'es9plus',
    'control',
    'faults',
    'exchanges',
    'orders',
    'profiles',
    'pki',
    'store',
    'rsp',
    'base',
  ],
  library: ['replay', 'server', 'control', 'faults', 'orders', 'store', 'device', 'pki', 'rsp', 'base'],
  cli: ['replay', 'server', 'manifests', 'device', 'pki', 'rsp', 'asn1', 'base'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

const importsOf = (file: string): string[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map((match) =>
    relative(src, join(src, file, '..', match[1]!)),
  );

const roomOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : '');

describe('the rooms of src', () => {
  it('import from the rooms below them only', () => {
    const backwards = files.flatMap((file) => {
      const room = roomOf(file);
      return importsOf(file)
        .filter((target) => room !== '' && roomOf(target) !== room && !below[room]?.includes(roomOf(target)))
        .map((target) => `${file} -> ${target}`);
    });
    expect(backwards).toEqual([]);
  });

  it('let the device see of the PKI only what is public', () => {
    const inside = files
      .filter((file) => roomOf(file) === 'device')
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(
        ({ target }) =>
          roomOf(target) === 'pki' &&
          !/^pki\/(public|issue|pem|material|contents|read-folder)\.js$/.test(target),
      );
    expect(inside).toEqual([]);
  });
});
