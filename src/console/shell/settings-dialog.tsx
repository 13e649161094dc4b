import { signal } from '@preact/signals';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { language, languages, rememberLanguage, texts, type Language } from '../texts/texts.js';
import { chooseTheme, theme, themes, type Theme } from './theme.js';

export const isSettingsOpen = signal(false);

/** Language and theme. */
export function SettingsDialog() {
  if (!isSettingsOpen.value) return null;
  const { shell } = texts.value;
  return (
    <Dialog title={shell.settings} onClose={() => (isSettingsOpen.value = false)}>
      <div class="stack">
        <Field label={shell.language}>
          {(ids) => (
            <select
              {...ids}
              class="input"
              value={language.value}
              onChange={(event) => void rememberLanguage(event.currentTarget.value as Language)}
            >
              {Object.entries(languages).map(([name, { name: own }]) => (
                <option key={name} value={name} lang={name}>
                  {own}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={shell.theme}>
          {(ids) => (
            <select
              {...ids}
              class="input"
              value={theme.value}
              onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}
            >
              {themes.map((name) => (
                <option key={name} value={name}>
                  {shell.themes[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </Dialog>
  );
}
