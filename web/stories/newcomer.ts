import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Look, open, words } from './browser';
import { mailedLink } from './mail';

export type Shift = { id: string; waiting: number; seats: { free: number; capacity: number }; availableActions: { action: string; allowed: boolean }[] };
export type Task = { id: string; updates: { nodes: { createdAt: string }[] }; shifts: { nodes: Shift[] } };

const texts = JSON.parse(readFileSync('dist/operations.json', 'utf8')) as Record<string, string>;
const hashOf = (operation: string) => Object.keys(texts).find((hash) => texts[hash]!.startsWith(`query ${operation}(`))!;

export const newPassword = 'таудағы таза ауа';
/** The address of the latest newcomer. */
export let newest: string;

/** The browser of an adult who has just registered, on their own page. */
export async function newcomer(here: Look): Promise<Page> {
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/register');
  await page.getByLabel(t.account!.givenName!).fill('Дана');
  await page.getByLabel(t.account!.familyName!).fill('Оспан');
  await page.getByLabel(t.account!.birthDate!).fill('2000-02-29');
  newest = `newcomer-${randomUUID()}@example.org`;
  await page.getByLabel(t.account!.email!).fill(newest);
  await page.getByLabel(t.account!.password!).first().fill(newPassword);
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, newest);
  await page.getByRole('heading', { name: t.me!.coming! }).waitFor();
  return page;
}

/** Follows the emailed link after registering, and returns to the page that registering led to. */
export async function confirms(page: Page, t: ReturnType<typeof words>, email: string): Promise<void> {
  await page.waitForURL(({ pathname }) => pathname !== '/register');
  const back = page.url();
  await page.goto(await mailedLink(email, '/verify-email#token='));
  await page.getByRole('button', { name: t.account!.verifyNow! }).click();
  await page.getByText(t.account!.verified!.replace('{{email}}', email)).waitFor();
  await page.goto(back);
}

/** Sends the app's queries to the hub, as the person who is signed in on the page. */
async function ask<Data>(page: Page, operation: string, variables: unknown): Promise<Data> {
  const answer = await page.request.post('/graphql', {
    headers: { Origin: new URL(page.url()).origin },
    data: { operationName: operation, variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(operation) } } },
  });
  return ((await answer.json()) as { data: Data }).data;
}

/** A task with a suitable shift to sign up for. */
export async function taskWith(page: Page, wanted: (shift: Shift) => boolean): Promise<{ task: Task; shift: Shift }> {
  const filter = { states: ['OPEN', 'IN_PROGRESS'], allowedForMe: true };
  const { tasks } = await ask<{ tasks: { nodes: { id: string }[] } }>(page, 'Tasks', { filter, order: 'SOONEST', first: 20, after: null });
  for (const { id } of tasks.nodes) {
    const { task } = await ask<{ task: Task }>(page, 'Task', { id });
    const shift = task.shifts.nodes.find((one) => wanted(one) && one.availableActions.some(({ action, allowed }) => action === 'SIGN_UP' && allowed));
    if (shift) return { task, shift };
  }
  return expect.unreachable('no such shift');
}
