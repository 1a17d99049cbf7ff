import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useActs } from '../src/client/acts';
import type { Refusal } from '../src/client/refusal';

test('many rows are sent a few at a time, and a refusal of one does not affect the others', async () => {
  const { result } = renderHook(() => useActs());
  const answers = new Map<string, (answer: { refusal?: Refusal }) => void>();
  const send = (id: string) => new Promise<{ refusal?: Refusal }>((resolve) => answers.set(id, resolve));
  const refusal: Refusal = { code: 'TOO_LATE', fields: [] };
  let refused: Promise<string[]> | undefined;
  act(() => void (refused = result.current.runEach(['1', '2', '3', '4', '5', '6'], send)));
  expect([...answers.keys()]).toEqual(['1', '2', '3', '4']);
  expect(result.current.busy).toBe(true);
  await act(async () => answers.get('2')!({ refusal }));
  expect([...answers.keys()]).toEqual(['1', '2', '3', '4', '5']);
  expect(result.current.outcomes.get('2')).toBe(refusal);
  expect(result.current.outcomes.get('6')).toBe('waiting');
  await act(async () => ['1', '3', '4', '5'].forEach((id) => answers.get(id)!({})));
  await act(async () => answers.get('6')!({}));
  expect(await refused).toEqual(['2']);
  expect(result.current.busy).toBe(false);
  expect([...result.current.outcomes.values()].filter((outcome) => outcome === 'done')).toHaveLength(5);
});

test('rows that are sent together have a result each; what is wrong with them all is the result of each', async () => {
  const { result } = renderHook(() => useActs());
  const ids = Array.from({ length: 150 }, (_, n) => String(n));
  const sent: number[] = [];
  const refusal: Refusal = { code: 'OFFLINE', fields: [] };
  const send = async (rows: string[]) => {
    sent.push(rows.length);
    return rows.length < 100 ? { refusal } : { results: rows.map((id) => ({ id, code: id === '7' ? ('NOT_LEAD' as const) : null })) };
  };
  let refused: string[] = [];
  await act(async () => { refused = await result.current.runTogether(ids, send); });
  expect(sent).toEqual([100, 50]);
  expect(refused).toEqual(['7', ...ids.slice(100)]);
  expect([result.current.outcomes.get('6'), result.current.outcomes.get('7'), result.current.outcomes.get('100')]).toEqual(['done', { code: 'NOT_LEAD', fields: [] }, refusal]);
});
