import { beforeEach, expect, test } from 'vitest';
import { draftPlace, forgetDrafts } from '../src/client/drafts';
import { forget, keep, kept, visit } from '../src/client/kept';

beforeEach(() => localStorage.clear());

test('what was read last is kept, with its time', () => {
  keep(visit(), ['Monday']);
  keep(visit(), ['Tuesday']);
  expect(kept()).toEqual({ what: ['Tuesday'], at: expect.stringMatching(/^\d{4}-.*Z$/) });
});

test('what is forgotten stays so, also when an answer to who was there before comes late', () => {
  const before = visit();
  keep(before, ['Monday']);
  forget();
  expect(kept()).toBeUndefined();
  keep(before, ['Monday']);
  expect(kept()).toBeUndefined();
  keep(visit(), ['of somebody else']);
  expect(kept()?.what).toEqual(['of somebody else']);
});

test('drafts go when the person leaves, and nothing else of the tab', () => {
  sessionStorage.setItem(draftPlace('new-task 1'), '{}');
  sessionStorage.setItem('invitation', 'token');
  forgetDrafts();
  expect({ ...sessionStorage }).toEqual({ invitation: 'token' });
  sessionStorage.clear();
});
