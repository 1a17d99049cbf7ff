import { beforeEach, expect, test } from 'vitest';
import { forget, keep, kept, visit } from '../src/client/kept';

beforeEach(() => localStorage.clear());

test('what was read last is stored, with its time', () => {
  keep(visit(), ['Monday']);
  keep(visit(), ['Tuesday']);
  expect(kept()).toEqual({ what: ['Tuesday'], at: expect.stringMatching(/^\d{4}-.*Z$/) });
});

test('what is forgotten stays forgotten, even if an answer to the previous person comes late', () => {
  const before = visit();
  keep(before, ['Monday']);
  forget();
  expect(kept()).toBeUndefined();
  keep(before, ['Monday']);
  expect(kept()).toBeUndefined();
  keep(visit(), ['of somebody else']);
  expect(kept()?.what).toEqual(['of somebody else']);
});
