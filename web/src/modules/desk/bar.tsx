import type { ReactNode } from 'react';
import type { Outcome } from '../../client/acts';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { useTranslation } from '../../words';
import look from './row.module.css';

/** Actions for all chosen rows, at the foot of the screen; a form replaces the buttons. */
export function Bar({ count, onNone, form, children }: { count: number; onNone: () => void; form?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <div className={look.bar} role="region" aria-label={t('lead.bar.title')}>
      <p>{t('lead.bar.chosen', { count })}</p>
      {form || (
        <div className={look.buttons}>
          {children}
          <Button kind="quiet" onClick={onNone}>{t('lead.bar.none')}</Button>
        </div>
      )}
    </div>
  );
}

/** The progress, and in the end how many were done and how many refused. */
export function Summary({ outcomes }: { outcomes: ReadonlyMap<string, Outcome> }) {
  const { t } = useTranslation();
  if (outcomes.size === 0) return null;
  const all = [...outcomes.values()];
  const done = all.filter((outcome) => outcome === 'done').length;
  const waiting = all.filter((outcome) => outcome === 'waiting').length;
  const refused = all.length - done - waiting;
  const told = [t('lead.bar.done', { count: done }), refused > 0 && t('lead.bar.refused', { count: refused }), waiting > 0 && t('lead.bar.waiting', { count: waiting })];
  return <Notice kind={waiting > 0 ? 'wait' : refused > 0 ? 'warn' : 'done'}>{told.filter(Boolean).join(', ')}</Notice>;
}
