import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

const withoutCode = (page: string): string => page.replace(/^```.*?^```$/gms, '');

/** The anchors that a code host gives to the headings of a page. */
const anchorsOf = (page: string): string[] =>
  [...withoutCode(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isThere(from: string, link: string): boolean {
  const [path, anchor] = link.split('#') as [string, string?];
  const file = path === '' ? from : join(dirname(from), path);
  return existsSync(join(root, file)) && (anchor === undefined || anchorsOf(text(file)).includes(anchor));
}

describe.each(pages)('%s', (file) => {
  it('links pages and headings that exist', () => {
    const links = [...withoutCode(text(file)).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].map(
      ([, link]) => link!,
    );
    expect(links.filter((link) => !isThere(file, link))).toEqual([]);
  });
});

it('docs/development.md names files that exist', () => {
  const names = [...text('docs/development.md').matchAll(/`((?:[a-z0-9-]+\/)+[a-z0-9-]+\.ts)`/g)].map(
    ([, name]) => name!,
  );
  expect(names.length).toBeGreaterThan(10);
  expect(
    names.filter((name) => ![name, join('src', name)].some((path) => existsSync(join(root, path)))),
  ).toEqual([]);
});

it('the pictures in docs/ load nothing from elsewhere', () => {
  const pictures = readdirSync(join(root, 'docs/images'));
  expect(pictures).not.toEqual([]);
  for (const name of pictures) {
    const links = [...text(`docs/images/${name}`).matchAll(/\b(?:href|src|url\(|@import)\b.*|https?:\S+/g)];
    expect(links.map(String).filter((link) => !link.startsWith('http://www.w3.org/2000/svg"'))).toEqual([]);
  }
});
