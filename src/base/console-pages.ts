/** First segments of the console's paths. The console's overview is at `/`. */
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

/** Whether the console has a page at a path, which begins with a slash and has no query. */
export function isConsolePath(path: string): boolean {
  const [, first = ''] = path.split('/');
  return path === '/' || (consolePages as readonly string[]).includes(first);
}
