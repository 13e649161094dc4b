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
    // Without storage, the choice lasts until the page is closed.
  }
}

/** Calls a listener when another tab of the browser has changed a preference. */
export function onSettingElsewhere(name: Setting, listener: () => void): void {
  window.addEventListener('storage', (event) => {
    // The key is null if all of the storage was cleared.
    if (event.key === key(name) || event.key === null) listener();
  });
}
