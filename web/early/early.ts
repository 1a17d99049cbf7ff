/**
 * Runs before the app has loaded, as a script of its own: it makes the browser load the words and the page that the app will
 * need, and sends the hub the page's first question, so that these do not wait for one another.
 */
import { stringifyVariables } from '@urql/core';
import { longest } from '../src/client/patience';
import { first } from '../src/pages/first';
import { type Language, preferred } from '../src/words/languages';

type First = { words: Record<Language, string[]>; pages: [path: string, files: string[]][]; hashes: Record<'Home' | 'Tasks', string> };

/**
 * From the build, by build/early.ts: the files of the words, those of the pages by a regular expression for their paths, and
 * hashes of operations.
 */
declare const __FIRST__: First;

const { words, pages, hashes } = __FIRST__;
const question = first[location.pathname]?.();
if (question) {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashes[question.operationName] } };
  const body = stringifyVariables({ ...question, extensions }); // in the form that the app's client writes
  const headers = { 'Accept': 'application/graphql-response+json', 'Accept-Language': preferred(), 'Content-Type': 'application/json' };
  const answer = fetch('/graphql', { method: 'POST', headers, body, signal: AbortSignal.timeout(longest) });
  answer.catch(() => {}); // the client asks again
  globalThis.asked = { body, answer };
}
const [, page = []] = pages.find(([path]) => new RegExp(path).test(location.pathname)) ?? [];
for (const file of [...words[preferred()], ...page]) {
  const link = document.createElement('link');
  link.crossOrigin = '';
  link.href = file;
  if (file.endsWith('.css')) Object.assign(link, { rel: 'preload', as: 'style' });
  else link.rel = 'modulepreload';
  document.head.append(link);
}
