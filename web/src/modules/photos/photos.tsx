import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../client/refusal';
import { discard, upload, type Uploaded } from '../../client/upload';
import { Button } from '../../parts/button';
import { Notice, Refused } from '../../parts/notice';
import { useTranslation } from '../../words';
import { Minors, type Minor } from './minors';
import look from './photos.module.css';

/** A picture that is being sent: how much of it is sent, and the result. */
type Item = { key: number; file: Blob; part: number; photo?: Uploaded; refusal?: Refusal; stop: AbortController };

/** The photos that somebody chooses for a form, and the answers about them. */
export function usePhotos(most: number) {
  const [items, setItems] = useState<Item[]>([]);
  const [minorsShown, setMinorsShown] = useState<boolean>();
  const [minorIds, setMinorIds] = useState<string[]>([]);
  const next = useRef(0);
  const under = useRef(new Set<AbortController>());
  useEffect(() => () => under.current.forEach((stop) => stop.abort()), []);

  const change = (key: number, to: Partial<Item>) => setItems((all) => all.map((item) => (item.key === key ? { ...item, ...to } : item)));

  const send = async ({ key, file, stop }: Item) => {
    under.current.add(stop);
    const told = await upload(file, (part) => change(key, { part }), stop.signal);
    under.current.delete(stop);
    if (stop.signal.aborted) {
      if ('photo' in told) discard(told.photo.id);
    } else {
      change(key, told);
    }
  };

  return {
    items,
    most,
    minorsShown,
    setMinorsShown,
    minorIds,
    setMinorIds,
    /** Whether one is still being sent. */
    sending: items.some(({ photo, refusal }) => !photo && !refusal),
    /** Whether one could not be sent: it has to be sent again, or removed, before the form is sent. */
    failed: items.some(({ refusal }) => refusal),
    /** The input for the mutation; null without photos, and while the form asks whether they show minors. */
    input: items.length > 0 && minorsShown !== undefined ? { ids: items.flatMap(({ photo }) => photo?.id ?? []), minorsShown, minorIds: minorsShown ? minorIds : [] } : null,
    add(files: Iterable<Blob>) {
      const more = [...files].slice(0, most - items.length).map((file) => ({ key: next.current++, file, part: 0, stop: new AbortController() }));
      setItems((all) => [...all, ...more]);
      more.forEach((item) => void send(item));
    },
    again(item: Item) {
      const anew = { ...item, part: 0, refusal: undefined };
      change(item.key, anew);
      void send(anew);
    },
    remove({ key, photo, stop }: Item) {
      stop.abort();
      if (photo) discard(photo.id);
      setItems((all) => all.filter((item) => item.key !== key));
    },
  };
}

export type Photos = ReturnType<typeof usePhotos>;

const formats = 'image/jpeg,image/png,image/webp';

/** Chooses photos from the camera or the gallery, sends them, and asks whether they show minors; minors is the choice. */
export function PhotoPicker({ of, minors }: { of: Photos; minors?: Minor[] }) {
  const { t } = useTranslation();
  const full = of.items.length >= of.most;
  const pick = (words: string, camera: boolean) => (
    <label className={look.pick} data-full={full || undefined}>
      <input
        type="file"
        accept={formats}
        multiple={!camera}
        capture={camera ? 'environment' : undefined}
        disabled={full}
        onChange={({ currentTarget }) => {
          of.add(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
      {words}
    </label>
  );
  return (
    <fieldset className={look.photos}>
      <legend>{t('photos.title')}</legend>
      <p className={look.hint}>{t('photos.hint', { most: of.most })}</p>
      {of.items.length > 0 && (
        <ul className={look.items}>
          {of.items.map((item, index) => (
            <li key={item.key} data-refused={item.refusal && true}>
              <PhotoItem item={item} nth={index + 1} again={() => of.again(item)} remove={() => of.remove(item)} />
            </li>
          ))}
        </ul>
      )}
      {of.sending && <p className={look.hint} role="status">{t('photos.wait')}</p>}
      {of.failed && <Notice kind="wait">{t('photos.failed')}</Notice>}
      <div className={look.picks}>
        {pick(t('photos.camera'), true)}
        {pick(t('photos.gallery'), false)}
      </div>
      {of.items.length > 0 && <Minors of={of} minors={minors} />}
    </fieldset>
  );
}

function PhotoItem({ item: { photo, part, refusal }, nth, again, remove }: { item: Item; nth: number; again: () => void; remove: () => void }) {
  const { t } = useTranslation();
  const [small] = photo?.sizes ?? [];
  const unreadable = refusal?.code === 'INVALID';
  const retried = refusal && !unreadable && refusal.code !== 'PHOTO_FORMAT';
  return (
    <>
      {small && <img className={look.picture} src={small.url} width={small.width} height={small.height} alt={t('photos.nth', { nth })} />}
      {!photo && !refusal && <progress className={look.progress} value={part} aria-label={t('photos.sending', { nth })} />}
      {unreadable ? <Notice kind="warn">{t('photos.unreadable')}</Notice> : <Refused refusal={refusal} />}
      <div className={look.does}>
        {retried && <Button onClick={again} aria-label={t('photos.again', { nth })}>{t('states.retry')}</Button>}
        <Button kind="quiet" onClick={remove} aria-label={t('photos.removeNth', { nth })}>{t('photos.remove')}</Button>
      </div>
    </>
  );
}
