import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { consoleFolder } from '../../src/server/console-folder.js';

/** Compressed size in bytes. */
const sizeOf = (name: string): number => gzipSync(readFileSync(join(consoleFolder, name))).length;
const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

describe.skipIf(!existsSync(join(consoleFolder, 'index.html')))('the built console', () => {
  const assets = readdirSync(join(consoleFolder, 'assets')).map((name) => join('assets', name));

  it('is at most 300 kB compressed', () => {
    expect(sum(['index.html', ...assets].map(sizeOf))).toBeLessThan(300_000);
  });

  it('shows its first page with at most 150 kB', () => {
    const found = new Set<string>();
    const follow = (name: string): void => {
      if (found.has(name)) return;
      found.add(name);
      const text = readFileSync(join(consoleFolder, name), 'utf8');
      // Static imports, and what the overview loads: its own code and the chart.
      for (const [, other] of text.matchAll(/["'`]\.?\/?(?:assets\/)?([\w-]+-[\w-]{8}\.(?:js|css))["'`]/g)) {
        const isOfOverview =
          /^(?:overview|chart|index|texts|qr|pool|use|problem|state|field|events|theme)/.test(other!);
        if (name === 'index.html' || isOfOverview) follow(join('assets', other!));
      }
    };
    follow('index.html');
    expect(found.size).toBeGreaterThan(3);
    expect(sum([...found].map(sizeOf))).toBeLessThan(150_000);
  });

  it('has nothing that its content security policy forbids', () => {
    const html = readFileSync(join(consoleFolder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script>|<style|\son\w+=|style=|https?:/);
  });
});
