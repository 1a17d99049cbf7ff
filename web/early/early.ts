/**
 * Runs before the app is there, as a script of its own: lets the browser load the words and the page that the app will ask for
 * once it has come, so that one does not wait for the other.
 */
import { type Language, preferred } from '../src/words/languages';

/** What the build has, by build/early.ts: the files of the words, and those of the pages by an expression for their paths. */
declare const __FIRST__: { words: Record<Language, string[]>; pages: [path: string, files: string[]][] };

const { words, pages } = __FIRST__;
const [, page = []] = pages.find(([path]) => new RegExp(path).test(location.pathname)) ?? [];
for (const file of [...words[preferred()], ...page]) {
  const link = document.createElement('link');
  link.crossOrigin = '';
  link.href = file;
  if (file.endsWith('.css')) Object.assign(link, { rel: 'preload', as: 'style' });
  else link.rel = 'modulepreload';
  document.head.append(link);
}
