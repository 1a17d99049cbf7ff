import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { shrunk, upload } from '../src/client/upload';
import type { FragmentOf } from '../src/graphql';
import type { Minor } from '../src/modules/photos/minors';
import { PhotoRow, type photoRow } from '../src/modules/photos/photo-row';
import { PhotoPicker, type Photos, usePhotos } from '../src/modules/photos/photos';
import { startWords } from '../src/words';
import en from '../src/words/en/app.json';
import schema from '../src/words/en/schema.json';

const taken = { id: '7', width: 40, height: 30, sizes: [{ width: 40, height: 30, url: '/photos/7/480.jpg' }, { width: 40, height: 30, url: '/photos/7/1600.jpg' }] };
const refused = (code: string, status: number) => ({ status, body: { errors: [{ extensions: { code, field: 'file' } }] } });

/** The hub's answers to one attempt after the other; null is a lost connection, undefined none yet. */
let answers: ({ status: number; body: unknown } | null | undefined)[] = [];
let sent: { type: string; body: Blob; abort: () => void }[] = [];

class FakeRequest {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = '';
  #type = '';
  open() {}
  setRequestHeader(_: string, type: string) { this.#type = type; }
  getResponseHeader() { return null; }
  abort() { this.onabort?.(); }
  send(body: Blob) {
    sent.push({ type: this.#type, body, abort: () => this.abort() });
    const answer = answers.shift();
    this.upload.onprogress?.({ loaded: 1, total: 2 });
    if (answer === undefined) return;
    queueMicrotask(() => {
      if (!answer) return this.onerror?.();
      this.status = answer.status;
      this.responseText = JSON.stringify(answer.body);
      this.onload?.();
    });
  }
}

beforeAll(() => startWords('en'));
beforeEach(() => {
  answers = [];
  sent = [];
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(null, { status: 204 }))));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const file = () => new File(['picture'], '../../secret.jpg', { type: 'image/jpeg' });

test('a picture is sent again over a bad network, and when the hub is busy', async () => {
  answers = [null, refused('BUSY', 503), { status: 201, body: taken }];
  const parts: number[] = [];
  const pause = vi.fn(() => Promise.resolve());
  expect(await upload(file(), (part) => parts.push(part), undefined, pause)).toEqual({ photo: taken });
  expect(pause.mock.calls).toEqual([[1000], [3000]]);
  expect(parts).toEqual([0.5, 0.5, 0.5]);
  expect(sent.map(({ type }) => type)).toEqual(['image/jpeg', 'image/jpeg', 'image/jpeg']);
});

test.each([['INVALID', 422], ['TOO_MANY_PHOTOS', 409], ['UNAUTHENTICATED', 401]])('%s is an answer', async (code, status) => {
  answers = [refused(code, status)];
  expect(await upload(file(), () => {})).toMatchObject({ refusal: { code, fields: ['file'] } });
  expect(sent).toHaveLength(1);
});

test('a browser that cannot shrink a picture sends it as it is', async () => {
  const whole = file();
  expect(await shrunk(whole)).toBe(whole);
});

let photos: Photos;
function Picker({ minors }: { minors?: Minor[] }) {
  photos = usePhotos(2);
  return <PhotoPicker of={photos} minors={minors} />;
}

const pick = (...files: File[]) => fireEvent.change(screen.getByLabelText(en.photos.gallery), { target: { files } });

test('photos are chosen up to the maximum, asked about, and removed', async () => {
  answers = [{ status: 201, body: taken }, { status: 201, body: { ...taken, id: '8' } }];
  render(<Picker minors={[{ id: 'a', name: 'Aliya T.', photoConsent: true }, { id: 'b', name: 'Botagoz T.', photoConsent: false }]} />);
  expect(screen.queryByText(en.photos.question)).toBeNull();
  pick(file(), file(), file());
  await waitFor(() => expect(photos.sending).toBe(false));
  expect(sent).toHaveLength(2);
  expect((screen.getByLabelText(en.photos.gallery) as HTMLInputElement).disabled).toBe(true);
  expect(photos.input).toBeNull();

  screen.getByText(/Botagoz/);
  fireEvent.click(screen.getByLabelText(en.photos.yes));
  fireEvent.click(screen.getByLabelText('Aliya T.'));
  expect(photos.input).toEqual({ ids: ['7', '8'], minorsShown: true, minorIds: ['a'] });
  fireEvent.click(screen.getByLabelText(en.photos.no));
  expect(photos.input).toEqual({ ids: ['7', '8'], minorsShown: false, minorIds: [] });

  fireEvent.click(screen.getByRole('button', { name: 'Remove photo 1' }));
  expect(photos.input?.ids).toEqual(['8']);
  expect(fetch).toHaveBeenCalledWith('/uploads/7', { method: 'DELETE' });
});

test('where nobody is named, minors cannot be shown', async () => {
  answers = [{ status: 201, body: taken }];
  render(<Picker />);
  pick(file());
  fireEvent.click(screen.getByLabelText(en.photos.yes));
  screen.getByText(en.photos.nobody, { normalizer: String });
  await waitFor(() => expect(photos.sending).toBe(false));
});

test('while a photo is being sent, a sentence says what the form waits for', async () => {
  answers = [{ status: 201, body: taken }];
  render(<Picker />);
  expect(screen.queryByText(en.photos.wait)).toBeNull();
  pick(file());
  await screen.findByText(en.photos.wait);
  await waitFor(() => expect(screen.queryByText(en.photos.wait)).toBeNull());
});

test('a photo that did not arrive says why, and is sent again', async () => {
  answers = [refused('TRY_LATER', 429), { status: 201, body: taken }];
  render(<Picker />);
  pick(file());
  await screen.findByText(schema.Code.TRY_LATER);
  expect(photos.failed).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Send photo 1 again' }));
  await screen.findByAltText('Photo 1');
  fireEvent.click(screen.getByLabelText(en.photos.no));
  expect(photos.input?.ids).toEqual(['7']);
});

test('a photo that is removed while it is sent is not sent again', async () => {
  answers = [undefined];
  render(<Picker />);
  pick(file());
  await waitFor(() => expect(sent).toHaveLength(1));
  fireEvent.click(screen.getByRole('button', { name: 'Remove photo 1' }));
  expect(photos.items).toEqual([]);
  await Promise.resolve();
  expect(sent).toHaveLength(1);
});

test('photos are loaded when they come into view, with text for people who cannot see them', () => {
  render(<PhotoRow photos={[taken] as unknown as FragmentOf<typeof photoRow>[]} subject="The ditch" />);
  const picture = screen.getByAltText('The ditch: photo 1 of 1');
  expect([picture.getAttribute('loading'), picture.getAttribute('width'), picture.getAttribute('src')]).toEqual(['lazy', '40', '/photos/7/480.jpg']);
  expect(picture.closest('a')!.getAttribute('href')).toBe('/photos/7/1600.jpg');
});
