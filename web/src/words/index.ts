import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, prefer, preferred } from './languages';

export { type Language, languages } from './languages';

export async function startWords(language = preferred()): Promise<void> {
  await i18next.use(initReactI18next).init({ resources: {}, lng: language, fallbackLng: false, interpolation: { escapeValue: false } });
  await speak(language);
}

/** Changes the language, and stores the choice if the person made it. */
export async function choose(language: Language): Promise<void> {
  prefer(language);
  await speak(language);
}

async function load(language: Language): Promise<void> {
  const [app, schema] = await Promise.all([import(`./${language}/app.json`), import(`./${language}/schema.json`)]);
  i18next.addResourceBundle(language, 'translation', { ...app.default, ...schema.default });
}

async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
