import { cleanup, render, screen } from '@testing-library/react';
import type { ResultOf } from 'gql.tada';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { CombinedError } from 'urql';
import { type Enum, type FragmentOf } from '../src/graphql';
import { ActionButton, type actionPart } from '../src/parts/action';
import { ResultRow, type resultPart } from '../src/pages/home/result';
import { NotLoaded } from '../src/client/lazy';
import { refusalOf } from '../src/client/refusal';
import { Refused } from '../src/parts/notice';
import { Section } from '../src/parts/section';
import { Loaded } from '../src/parts/states';
import { startWords } from '../src/words';
import en from '../src/words/en/app.json';
import schema from '../src/words/en/schema.json';

beforeAll(() => startWords('en'));
afterEach(cleanup);

const signUp = (reason: Enum<'Code'> | null) =>
  [{ action: 'SIGN_UP', allowed: !reason, reason } satisfies ResultOf<typeof actionPart>] as unknown as FragmentOf<typeof actionPart>[];

function renderButton(reason: Enum<'Code'> | null) {
  const onAct = vi.fn();
  render(<MemoryRouter initialEntries={['/tasks/7?a=b']}><ActionButton action="SIGN_UP" of={signUp(reason)} onAct={onAct} /></MemoryRouter>);
  return onAct;
}

test('an action that one may take is a button', () => {
  const onAct = renderButton(null);
  screen.getByRole('button', { name: schema.Action.SIGN_UP }).click();
  expect(onAct).toHaveBeenCalledOnce();
});

test('one that is refused stays, and says why', () => {
  const onAct = renderButton('CLASH');
  const button = screen.getByRole('button', { name: schema.Action.SIGN_UP });
  button.click();
  expect(onAct).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById(button.getAttribute('aria-describedby')!)?.textContent).toBe(schema.Code.CLASH);
});

test('a visitor is led to the sign-in page, and back', () => {
  renderButton('UNAUTHENTICATED');
  expect(screen.getByRole('link').getAttribute('href')).toBe('/sign-in?next=%2Ftasks%2F7%3Fa%3Db');
});

test.each([['EMAIL_UNVERIFIED', '/me/security'], ['PROFILE_INCOMPLETE', '/me/profile'], ['CONSENT_MISSING', '/me#consent']] as const)('%s leads to what is to be done first', (reason, to) => {
  renderButton(reason);
  expect(screen.getByRole('link').getAttribute('href')).toBe(to);
});

test('what is only for others is not shown', () => {
  renderButton('NOT_LEAD');
  expect(document.body.textContent).toBe('');
});

test('a refusal says when it ends', () => {
  vi.useFakeTimers({ now: new Date('2026-05-09T05:00:00Z'), toFake: ['Date'] });
  const refused = (extensions: object) => render(<Refused refusal={refusalOf(new CombinedError({ graphQLErrors: [{ message: '', extensions: { ...extensions } }] }))} />).container.textContent;
  expect(refused({ code: 'TRY_LATER', retryAfter: 600 })).toContain('10:11');
  expect(refused({ code: 'TRY_LATER', retryAfter: 5 })?.trim()).toBe(schema.Code.TRY_LATER);
  expect(refused({ code: 'SUSPENDED', until: '2026-06-01T05:00:00Z' })).toMatch(/1.June/);
  vi.useRealTimers();
});

test('what was read stays when the network fails', () => {
  const page = (result: { data?: { places: string | null }; error?: CombinedError }) => <Loaded query={[result, () => {}]}>{({ places }) => <p>{places}</p>}</Loaded>;
  const { rerender } = render(page({}));
  screen.getByText(en.states.loading);
  rerender(page({ data: { places: 'seats' } }));
  rerender(page({ error: new CombinedError({ networkError: new TypeError('Failed to fetch') }) }));
  screen.getByText('seats');
  screen.getByText(en.states.old);
});

test('what was read stays when a root field is refused', () => {
  const page = (places: string | null, error?: CombinedError) => <Loaded query={[{ data: { viewer: null, places }, error }, () => {}]}>{(data) => <p>{data.places}</p>}</Loaded>;
  const busy = new CombinedError({ graphQLErrors: [{ message: '', extensions: { code: 'BUSY' } }] });
  const { rerender } = render(page(null, busy));
  screen.getByText(schema.Code.BUSY);
  rerender(page('seats'));
  screen.getByText('seats');
  rerender(page(null, busy));
  screen.getByText('seats');
});

test('if nothing was read, what is stored is shown, and it is read once the network is back', () => {
  const again = vi.fn();
  const error = new CombinedError({ networkError: new TypeError('Failed to fetch') });
  render(<Loaded query={[{ error }, again]} offline={() => <p>kept</p>}>{() => null}</Loaded>);
  screen.getByText('kept');
  dispatchEvent(new Event('online'));
  expect(again).toHaveBeenCalledWith({ requestPolicy: 'network-only' });
});

test('what is stored is not shown for another error', () => {
  const error = new CombinedError({ graphQLErrors: [{ message: '', extensions: { code: 'INTERNAL' } }] });
  render(<Loaded query={[{ error }, () => {}]} offline={() => <p>kept</p>}>{() => null}</Loaded>);
  screen.getByText(schema.Code.INTERNAL);
  expect(screen.queryByText('kept')).toBeNull();
});

test('an app that is older than its hub offers a reload', () => {
  const error = new CombinedError({ graphQLErrors: [{ message: '', extensions: { code: 'OPERATION_UNKNOWN' } }] });
  render(<MemoryRouter><Loaded query={[{ error }, () => {}]}>{() => null}</Loaded></MemoryRouter>);
  screen.getByText(schema.Code.OPERATION_UNKNOWN);
  screen.getByRole('button', { name: en.states.reload });
});

test('an error in one part does not affect the rest', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  const Broken = () => {
    throw new Error('broken');
  };
  render(<><Section><Broken /></Section><p>the rest</p></>);
  screen.getByText(en.states.broken);
  screen.getByText('the rest');
  silent.mockRestore();
});

test('a page that cannot be loaded says so, and the next page is tried again', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  const Missing = () => {
    throw new NotLoaded();
  };
  const { rerender } = render(<MemoryRouter><Section of="/ngos"><Missing /></Section></MemoryRouter>);
  screen.getByRole('heading', { level: 1, name: en.states.failed });
  screen.getByText(en.states.notLoaded);
  rerender(<MemoryRouter><Section of="/tasks"><p>the tasks</p></Section></MemoryRouter>);
  screen.getByText('the tasks');
  silent.mockRestore();
});

test('what was counted is a name and its number, which need no plural form', () => {
  const claim = { id: '1', results: [{ metric: 'TREES', amount: 21 }] };
  const task = { id: '1', title: 'Скверик', language: 'RU', updatedAt: '2026-05-09T05:00:00Z', ngo: { id: '1', focus: 'ECOLOGICAL' }, team: { id: '1', name: 'Тал' }, claim };
  render(<MemoryRouter><ResultRow task={task as unknown as FragmentOf<typeof resultPart>} /></MemoryRouter>);
  expect(screen.getByText('21').parentElement!.textContent).toBe(`${schema.Metric.TREES}: 21`);
});
