import type { Plugin } from 'vite';
import type { Language } from '../src/words/languages.ts';

/** Words that may follow a number but are not counted by it. */
const joins = 'до|из|по|и|или|с|в|на|to|or|and|of|in|at|мен|пен|бен|және|не';

/**
 * A text with no-break spaces: in a number and before what it counts, after №, and, except in English, before a dash. Unbroken
 * in internal/say does the same for the hub, held to the same cases. The app also keeps a range whole, by a word joiner after its
 * dash, and the Russian «с», «в», «до» and «от» with a value that follows.
 */
export function noBreak(text: string, language: Language): string {
  const numbers = text
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, '\u00a0')
    .replace(new RegExp(`(?<=\\d|\\{\\{count\\}\\})(?<!(?:№|No\\.)[ \\u00a0]?\\d+) (?=\\p{L})(?!(?:${joins})(?!\\p{L}))`, 'gu'), '\u00a0')
    .replace(/(?<=\}\}) (?=(?:сағ|ч|мин|с|h|min|s|МБ|MB)(?!\p{L}))/gu, '\u00a0')
    .replace(/(?<=№|No\.) ?(?=\d|\{\{)/g, '\u00a0')
    .replace(/(?<=\d)–(?=\d)/g, '–\u2060');
  if (language === 'en') return numbers;
  const dashes = numbers.replace(/ (?=[—–])/g, '\u00a0');
  return language === 'ru' ? dashes.replace(/(?<=(?<!\p{L})(?:с|в|до|от)) (?=\{\{)/giu, '\u00a0') : dashes;
}

/** Puts the no-break spaces into the catalogues as they are loaded, so that nobody types them. */
export function words(): Plugin {
  return {
    name: 'words',
    enforce: 'pre',
    transform(code, id) {
      const language = /\/src\/words\/(kk|ru|en)\/(?:app|schema)\.json$/.exec(id)?.[1] as Language | undefined;
      if (!language) return;
      const spaced = JSON.parse(code, (_, value: unknown) => (typeof value === 'string' ? noBreak(value, language) : value)) as unknown;
      return { code: JSON.stringify(spaced), map: null };
    },
  };
}
