import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { draftOf, forgetDraft, forgetDrafts, giveBack, keepDraft, typedIn } from '../src/client/drafts';
import { forget, meet, visit } from '../src/client/kept';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

function formOf(html: string): HTMLFormElement {
  const form = document.createElement('form');
  form.innerHTML = html;
  return form;
}

test('a draft is for its visit, and for the same person after another sign-in', () => {
  meet(visit(), 'dana');
  keepDraft('propose', { title: 'a' });
  expect(draftOf('propose')).toEqual({ title: 'a' });
  forget(); // the session ended
  expect(draftOf('propose')).toBeUndefined();
  meet(visit(), 'erlan');
  expect(draftOf('propose')).toBeUndefined();
  forget();
  meet(visit(), 'dana');
  expect(draftOf('propose')).toEqual({ title: 'a' });
});

test('what a visitor typed is not shown to somebody who signs in later', () => {
  keepDraft('register', { givenName: 'Dana' });
  forget();
  expect(draftOf('register')).toBeUndefined();
  meet(visit(), 'erlan');
  expect(draftOf('register')).toBeUndefined();
});

test('a draft ends when it is sent, when its person leaves, after a day, and after half an hour if nobody was signed in', () => {
  const began = Date.now();
  sessionStorage.setItem('invitation', 'token');
  keepDraft('propose', {});
  keepDraft('register', {});
  forgetDraft('propose');
  expect([draftOf('propose'), draftOf('register')]).toEqual([undefined, {}]);
  vi.useFakeTimers({ now: began + 31 * 60_000 });
  expect(draftOf('register')).toBeUndefined();
  vi.setSystemTime(began);
  meet(visit(), 'dana');
  keepDraft('propose', {});
  vi.setSystemTime(began + 31 * 60_000);
  expect(draftOf('propose')).toEqual({});
  vi.setSystemTime(began + 25 * 3_600_000);
  expect(draftOf('propose')).toBeUndefined();
  vi.useRealTimers();
  forgetDrafts();
  expect({ ...sessionStorage }).toEqual({ invitation: 'token' });
});

test('passwords, codes and what cannot be changed are never kept', () => {
  const secret = '<input name="a" type="password" value="1"><input name="b" autocomplete="new-password" value="2"><input name="c" autocomplete="one-time-code" value="3"><input name="d" readonly value="4">';
  expect(typedIn(formOf(`${secret}<input name="e" value="5"><textarea name="f">6</textarea><input type="checkbox" name="g" checked>`))).toEqual({ e: '5', f: '6', g: 'on' });
});

test('what has no field yet, or no such choice, is left for later', () => {
  const typed: Record<string, string> = { title: 'a', district: 'b', later: 'c', agreed: '' };
  const form = formOf('<input name="title"><select name="district"><option value=""></option></select><input type="checkbox" name="agreed" checked>');
  giveBack(form, typed);
  expect(typed).toEqual({ district: 'b', later: 'c' });
  expect(typedIn(form)).toEqual({ title: 'a', district: '', agreed: '' });
});

/** What is said about several chosen people is not kept for others. */
const ofMany = ['src/modules/hours/verdict.tsx'];

test('a form for words of one’s own keeps them', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`).filter((name) => name.endsWith('.tsx') && !ofMany.includes(name));
  const forgetful = files.filter((name) => {
    const text = readFileSync(name, 'utf8');
    const forms = [...text.matchAll(/<Form\b[^]*?(?<!=)>\n/g)].map(([tag]) => tag);
    return /<Textarea|<WordsField|<ReasonField|<NgoForm/.test(text) && forms.some((tag) => !/\bdraft=/.test(tag));
  });
  expect(forgetful).toEqual([]);
});
