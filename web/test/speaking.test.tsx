import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { startWords, useTranslation } from '../src/words';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('a number chooses the form of its noun, and values are filled in', async () => {
  await startWords('ru');
  const { t } = renderHook(() => useTranslation()).result.current;
  expect([1, 3, 5].map((count) => t('seats.free', { count, capacity: 20 }).replaceAll('\u00a0', ' '))).toEqual(['1 место свободно из 20', '3 места свободно из 20', '5 мест свободно из 20']);
});

test('a browser that counts Kazakh as Russian finds the words', async () => {
  vi.spyOn(Intl.PluralRules.prototype, 'select').mockReturnValue('few');
  await startWords('kk');
  const { t } = renderHook(() => useTranslation()).result.current;
  expect(t('seats.free', { count: 3, capacity: 20 })).toContain('20');
});
