/** Preferences of the user. They contain no secrets. */
export type Setting = 'language' | 'theme';

const key = (name: Setting): string => `mock-smdp.${name}`;

export function readSetting(name: Setting): string | undefined {
  try {
    return localStorage.getItem(key(name)) ?? undefined;
  } catch {
    // A browser may forbid storage. The choice then lasts until the page is closed.
    return undefined;
  }
}

export function writeSetting(name: Setting, value: string): void {
  try {
    localStorage.setItem(key(name), value);
  } catch {
    // As above.
  }
}
