import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['kk', 'ru', 'en'] as const;
export type Language = (typeof languages)[number];

const kept = 'language';

/** The language the person chose on this device, else the first of the browser's that the hub speaks, else Kazakh. */
function preferred(): Language {
  const wanted = [localStorage.getItem(kept), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return languages.find((language) => language === wanted.find((tag) => languages.some((known) => known === tag))) ?? 'kk';
}

async function load(language: Language): Promise<void> {
  const [app, schema] = await Promise.all([import(`./${language}/app.json`), import(`./${language}/schema.json`)]);
  i18next.addResourceBundle(language, 'translation', { ...app.default, ...schema.default });
}

export async function startWords(language = preferred()): Promise<void> {
  await i18next.use(initReactI18next).init({ resources: {}, lng: language, fallbackLng: false, interpolation: { escapeValue: false } });
  await speak(language);
}

/** Changes the language, and keeps the choice where the person made it. */
export async function choose(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
