import { useSyncExternalStore } from 'react';
import type app from './en/app.json';
import type schema from './en/schema.json';
import { type Language, prefer, preferred } from './languages';

export { type Language, languages } from './languages';

type Words = { [name: string]: string | Words };

/** The key of a text; the ending of a plural form is not part of it. */
type Key<Of> = { [Name in keyof Of & string]: Of[Name] extends string ? Stem<Name> : `${Name}.${Key<Of[Name]>}` }[keyof Of & string];
type Stem<Name extends string> = Name extends `${infer One}_${Intl.LDMLPluralRule}` ? One : Name;

/** What a text is filled with; count chooses its plural form too. */
type Values = { count?: number; [name: string]: unknown };

/** A language, and how texts are found in its words. */
function speaking(language: Language, words: Words) {
  const forms = new Intl.PluralRules(language);
  const find = (key: string) => key.split('.').reduce<string | Words | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), words);
  const t = (key: Key<typeof app> | Key<typeof schema>, values: Values = {}): string => {
    // A browser that does not know Kazakh counts as its own language does, which may have forms that Kazakh lacks.
    const text = (values.count !== undefined && (find(`${key}_${forms.select(values.count)}`) ?? find(`${key}_other`))) || find(key);
    return typeof text === 'string' ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '')) : key;
  };
  return { t, i18n: { language, exists: (key: string) => typeof find(key) === 'string' } };
}

const read = new Map<Language, ReturnType<typeof speaking>>();
const listeners = new Set<() => void>();
let now: ReturnType<typeof speaking>; // from startWords on

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The words in the present language. */
export const useTranslation = () => useSyncExternalStore(listen, () => now);

export const startWords = (language = preferred()) => speak(language);

/** Changes the language, and stores the choice if the person made it. */
export async function choose(language: Language): Promise<void> {
  prefer(language);
  await speak(language);
}

async function load(language: Language) {
  const [app, schema] = await Promise.all([import(`./${language}/app.json`), import(`./${language}/schema.json`)]);
  const spoken = speaking(language, { ...app.default, ...schema.default });
  read.set(language, spoken);
  return spoken;
}

async function speak(language: Language): Promise<void> {
  now = read.get(language) ?? (await load(language));
  document.documentElement.lang = language;
  listeners.forEach((listener) => listener());
}
