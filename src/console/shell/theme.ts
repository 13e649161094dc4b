import { signal } from '@preact/signals';
import { onSettingElsewhere, readSetting, writeSetting } from './settings.js';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const theme = signal<Theme>('system');

const show = (chosen: Theme): void => {
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
};

function applyKept(): void {
  const kept = readSetting('theme');
  theme.value = themes.find((name) => name === kept) ?? 'system';
  show(theme.value);
}

/** Shows the theme that the user last chose in any tab. Default: the theme of the system. */
export function applyTheme(): void {
  applyKept();
  onSettingElsewhere('theme', applyKept);
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  show(chosen);
  writeSetting('theme', chosen);
}
