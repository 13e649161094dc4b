/** The first path segment of each page of the console. The overview, at `/`, is not listed. */
export const consolePages = [
  'profiles',
  'codes',
  'sessions',
  'preload',
  'break',
  'devices',
  'operators',
] as const;

export type ConsolePage = (typeof consolePages)[number];

/** Whether the console has a page at this path. The path must begin with a slash and have no query. */
export function isConsolePath(path: string): boolean {
  const [, first = ''] = path.split('/');
  return path === '/' || (consolePages as readonly string[]).includes(first);
}
