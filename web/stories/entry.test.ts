import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '../src/modules/account/authenticator';
import { type Look, look, open, password, sayYes, secret, words } from './browser';
import { startHub } from './hub';
import { mailedLink } from './mail';
import { type OpenID, startProvider } from './provider';

type Words = ReturnType<typeof words>;

/** A hub of its own, because it has a provider, and somebody is suspended on it. */
let hub: Awaited<ReturnType<typeof startHub>>;
let provider: OpenID;
let officer: string;

beforeAll(async () => {
  provider = await startProvider();
  hub = await startHub({ HUB_OIDC_ISSUER: provider.url, HUB_OIDC_CLIENT_ID: 'hub', HUB_OIDC_NAME: 'Example ID' });
  const input = { email: 'officer-1@example.org', password, code: await codeOf(secret) };
  ({ token: officer } = (await ask('mutation($input: SignInInput!) { signIn(input: $input) { token } }', { input })).signIn as { token: string });
});
afterAll(async () => {
  await hub.stop();
  provider.stop();
});

/** Does something that needs no browser. */
async function ask(query: string, variables: Record<string, unknown>, token?: string): Promise<Record<string, unknown>> {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const newPassword = 'таудағы таза ауа';

async function aboutMe(page: Page, t: Words, email?: string): Promise<void> {
  await page.getByLabel(t.account!.givenName!).fill('Дана');
  await page.getByLabel(t.account!.familyName!).fill('Омар');
  await page.getByLabel(t.account!.birthDate!).fill('1995-03-21');
  if (email) await page.getByLabel(t.account!.email!).fill(email);
  if (email) await page.getByLabel(t.account!.password!).first().fill(newPassword);
  await page.getByRole('button', { name: t.account!.create! }).click();
}

const invite = 'mutation($input: InviteByEmailInput!) { inviteByEmail(input: $input) { invitation { id } } }';

test('somebody new accepts an invitation, and the role waits for a second factor', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const { districts } = await ask('{ districts { centres(first: 1) { nodes { id } } } }', {}) as { districts: { centres: { nodes: { id: string }[] } }[] };
  const centreId = districts.flatMap(({ centres }) => centres.nodes)[0]!.id;
  await ask(invite, { input: { email: 'coordinates@example.net', role: 'COORDINATOR', centreId } }, officer);
  const page = await open(here, undefined, { url: hub.url });
  await page.goto('/invitation');
  await page.getByText(t.invitation!.none!).waitFor();
  await page.goto(await mailedLink('coordinates@example.net', '/invitation#token=', hub.mail));
  await page.reload(); // only the part after # changed: load it again
  await page.getByText(t.InvitedRole!.COORDINATOR!).waitFor();
  expect(page.url()).not.toContain('token');
  await look(page, 'invitation', here);
  await page.getByRole('link', { name: t.invitation!.register! }).click();
  await aboutMe(page, t, 'somebody.else@example.net');
  await page.getByText(t.Code!.OTHER_EMAIL!).waitFor();
  await expect.poll(() => page.getByLabel(t.account!.givenName!).inputValue()).toBe('Дана');
  await page.getByLabel(t.account!.email!).fill('coordinates@example.net');
  await look(page, 'register-invited', here);
  await page.getByRole('button', { name: t.account!.create! }).click();
  await page.getByText(t.me!.rolesWait!).waitFor();
  await look(page, 'me-roles-wait', here);
  await page.getByRole('link', { name: t.me!.toFactor! }).click();
  await page.getByRole('region', { name: t.security!.factor! }).getByText(t.security!.off!, { exact: true }).waitFor();
});

test('somebody with an account signs in first, and accepts', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  await ask(invite, { input: { email: 'adult-1@example.org', role: 'CITY_OFFICER' } }, officer);
  const page = await open(here, undefined, { url: hub.url });
  await page.goto(await mailedLink('adult-1@example.org', '/invitation#token=', hub.mail));
  await page.getByRole('link', { name: t.invitation!.signIn! }).click();
  await page.getByLabel(t.account!.email!).fill('resident-1@example.org');
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.enter!, exact: true }).click();
  await page.getByRole('button', { name: t.Action!.ACCEPT_INVITATION! }).click();
  await page.getByText(t.Code!.OTHER_EMAIL!).waitFor();
  await look(page, 'invitation-other', here);
  await page.getByRole('link', { name: t.invitation!.other! }).click();
  await page.getByLabel(t.account!.email!).fill('adult-1@example.org');
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.enter!, exact: true }).click();
  await page.getByRole('button', { name: t.Action!.ACCEPT_INVITATION! }).click();
  await page.getByText(t.invitation!.accepted!.replace('{{role}}', t.InvitedRole!.CITY_OFFICER!)).waitFor();
  await look(page, 'invitation-accepted', here);
  await page.goto('/invitation');
  await page.getByText(t.invitation!.none!).waitFor();
});

test('a suspended person reads why, and appeals', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const { person } = (await ask('mutation($input: SignInInput!) { signIn(input: $input) { person { id } } }', { input: { email: 'volunteer-1@example.org', password } })).signIn as { person: { id: string } };
  const until = new Date(Date.now() + 20 * 24 * 3_600_000).toISOString();
  await ask('mutation($input: SuspendPersonInput!) { suspendPerson(input: $input) { decision { id } } }', { input: { person: { id: person.id }, reason: 'INSULT', words: 'Грубые слова на смене.', until } }, officer);
  const page = await open(here, undefined, { url: hub.url });
  await page.goto(await mailedLink('volunteer-1@example.org', '/decisions/', hub.mail));
  await page.getByLabel(t.account!.email!).fill('volunteer-1@example.org');
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.enter!, exact: true }).click();
  await page.getByRole('heading', { name: t.decision!.suspended! }).waitFor();
  await page.getByText('Грубые слова на смене.').waitFor();
  await look(page, 'decision', here);
  await page.getByRole('link', { name: t.shell!.me! }).first().click();
  await look(page, 'me-suspended', here);
  await page.getByRole('link', { name: t.me!.toDecision! }).click();
  await page.getByLabel(t.decision!.why!).fill('Это сказал не я.');
  await page.getByRole('button', { name: t.decision!.send! }).click();
  await page.getByText(t.DecisionState!.APPEALED!).waitFor();
  await page.getByText('Это сказал не я.').waitFor();
  await look(page, 'decision-appealed', here);
  await page.goto('/decisions/019a0000-0000-7000-8000-000000000000');
  await page.getByText(t.missing!.gone!).waitFor();
});

test('somebody registers through the provider, signs in through it, and keeps it as the only way in', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'en' };
  const t = words(here.language);
  const through = t.account!.through!.replace('{{name}}', 'Example ID');
  provider.who = { sub: '7', email: 'vouched@example.net', given_name: 'Aisha', family_name: 'Omar' };
  const page = await open(here, undefined, { url: hub.url });
  await page.goto('/sign-in?next=%2Fme%2Fsecurity');
  await page.getByRole('link', { name: through }).waitFor();
  await look(page, 'sign-in-provider', here);
  await page.getByRole('link', { name: through }).click();
  await page.getByRole('heading', { name: t.account!.register! }).waitFor();
  await expect.poll(() => page.getByLabel(t.account!.email!).inputValue()).toBe('vouched@example.net');
  await expect.poll(() => page.getByLabel(t.account!.givenName!).inputValue()).toBe('Aisha');
  await expect.poll(() => page.getByLabel(t.account!.password!).count()).toBe(0);
  expect(page.url()).not.toContain('oidc');
  await look(page, 'register-vouched', here);
  await aboutMe(page, t);
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).click();
  await page.getByRole('heading', { name: t.home!.title! }).waitFor();

  await page.goto('/sign-in?next=%2Fme%2Fsecurity%23factor');
  await page.getByRole('link', { name: through }).click();
  const ways = page.getByRole('region', { name: t.security!.ways! });
  await ways.getByRole('button', { name: t.security!.unlink! }).click();
  await sayYes(page, t);
  await ways.getByText(t.Code!.LAST_WAY_IN!).waitFor();
  await look(page, 'security-ways', here);

  provider.who = { ...provider.who, sub: '8' }; // another account there
  await ways.getByRole('link', { name: t.security!.add!.replace('{{name}}', 'Example ID') }).click();
  await expect.poll(() => ways.getByRole('button', { name: t.security!.unlink! }).count()).toBe(2);
  await ways.getByRole('button', { name: t.security!.unlink! }).last().click();
  await sayYes(page, t);
  await expect.poll(() => ways.getByRole('button', { name: t.security!.unlink! }).count()).toBe(1);
});

test('errors at the provider have a message', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'kk' };
  const t = words(here.language);
  provider.who = { sub: '9', email: 'resident-1@example.org', given_name: '', family_name: '' };
  const page = await open(here, undefined, { url: hub.url });
  await page.goto('/sign-in');
  await page.getByRole('link', { name: t.account!.through!.replace('{{name}}', 'Example ID') }).click();
  await page.getByText(t.Code!.EMAIL_TAKEN!).waitFor();
  await look(page, 'sign-in-failed', here);
  await page.reload();
  await page.getByRole('heading', { name: t.account!.signIn! }).waitFor();
  await expect.poll(() => page.getByText(t.Code!.EMAIL_TAKEN!).count()).toBe(0);
});
