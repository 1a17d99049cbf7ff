export const languages = ['kk', 'ru', 'en'] as const;
export type Language = (typeof languages)[number];

const kept = 'language';

/**
 * The language that the person chose on this device, otherwise the first of the browser's languages that the hub has, otherwise
 * Kazakh.
 */
export function preferred(): Language {
  const wanted = [localStorage.getItem(kept), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return languages.find((language) => language === wanted.find((tag) => languages.some((known) => known === tag))) ?? 'kk';
}

/** Stores the choice on this device. */
export const prefer = (language: Language) => localStorage.setItem(kept, language);
