import { useId } from 'react';
import { Mistake } from '../../parts/field';
import { Notice } from '../../parts/notice';
import { useTranslation } from '../../words';
import look from './photos.module.css';

/** Somebody under 18 who was there, and whether a guardian has given photo consent. */
export type Minor = { id: string; name: string; photoConsent: boolean };

/** What was answered so far, and how to answer. */
type Answers = { minorsShown?: boolean; setMinorsShown: (shown: boolean) => void; minorIds: string[]; setMinorIds: (ids: string[]) => void };

/** Asks whether minors are in the photos, and who. Nobody may be shown without a consent. */
export function Minors({ of, minors = [] }: { of: Answers; minors?: Minor[] }) {
  const { t } = useTranslation();
  const name = useId();
  const answer = (shown: boolean, words: string) => (
    <label className={look.choice}>
      <input type="radio" name={name} checked={of.minorsShown === shown} required onChange={() => of.setMinorsShown(shown)} />
      {words}
    </label>
  );
  const allowed = minors.filter(({ photoConsent }) => photoConsent);
  const missing = minors.filter(({ photoConsent }) => !photoConsent);
  const toggle = (id: string) => of.setMinorIds(of.minorIds.includes(id) ? of.minorIds.filter((other) => other !== id) : [...of.minorIds, id]);
  return (
    <>
      <fieldset className={look.question}>
        <legend>{t('photos.question')}</legend>
        {answer(false, t('photos.no'))}
        {answer(true, t('photos.yes'))}
        <Mistake name={name} />
      </fieldset>
      {of.minorsShown && allowed.length > 0 && (
        <fieldset className={look.question}>
          <legend>{t('photos.who')}</legend>
          {allowed.map((minor) => (
            <label key={minor.id} className={look.choice}>
              <input type="checkbox" checked={of.minorIds.includes(minor.id)} onChange={() => toggle(minor.id)} />
              {minor.name}
            </label>
          ))}
        </fieldset>
      )}
      {missing.length > 0 && <Notice kind="wait">{t('photos.missing', { names: missing.map((minor) => minor.name).join(', ') })}</Notice>}
      {of.minorsShown && allowed.length === 0 && <Notice kind="warn">{t('photos.nobody')}</Notice>}
    </>
  );
}
