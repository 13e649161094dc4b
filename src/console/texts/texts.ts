import { computed, signal } from '@preact/signals';
import { onSettingElsewhere, readSetting, writeSetting } from '../shell/settings.js';
import { en, type Texts } from './en/index.js';

/** The languages, each with its name in the language itself. English is built in; the others load when the user chooses them. */
export const languages = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', load: () => import('./de/index.js').then(({ de }) => de) },
} satisfies Record<string, { name: string; load: () => Promise<Texts> }>;

export type Language = keyof typeof languages;

export const language = signal<Language>('en');

const loaded = signal<Texts>(en);

/** The texts in the current language: `texts.value.shell.signOut`. */
export const texts = computed(() => loaded.value);

/** Translates a sentence of the server. Returns it unchanged if the current language has no translation. */
export const translated = (sentence: string): string =>
  Object.hasOwn(texts.value.fromServer, sentence) ? texts.value.fromServer[sentence]! : sentence;

export async function chooseLanguage(chosen: Language): Promise<void> {
  loaded.value = await languages[chosen].load();
  language.value = chosen;
  document.documentElement.lang = chosen;
}

const isLanguage = (name: string | undefined): name is Language => name !== undefined && name in languages;

/** Uses the language that the user last chose in any tab. Default: the language of the browser. */
export async function startLanguage(): Promise<void> {
  onSettingElsewhere('language', () => void applyKept());
  await applyKept();
}

async function applyKept(): Promise<void> {
  const [wanted = 'en'] = [
    readSetting('language'),
    ...navigator.languages.map((tag) => tag.split('-')[0]),
  ].filter(isLanguage);
  await chooseLanguage(wanted).catch(() => undefined);
}

/** Keeps the choice for the next visit. */
export async function rememberLanguage(chosen: Language): Promise<void> {
  await chooseLanguage(chosen);
  writeSetting('language', chosen);
}

/**
 * The browser's locale if it belongs to the current language, such as `de-AT` for German. It decides how times and
 * numbers look.
 */
export const locale = (): string =>
  navigator.languages.find((tag) => tag.split('-')[0] === language.value) ?? language.value;

/** 12,345 or 12.345. */
export const number = (value: number): string => value.toLocaleString(locale());
