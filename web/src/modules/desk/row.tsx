import type { ReactNode } from 'react';
import type { Outcome } from '../../client/acts';
import { useReason } from '../../parts/reason';
import { useTranslation } from '../../words';
import look from './row.module.css';

type Props = {
  name: string;
  chosen: boolean;
  onToggle: () => void;
  outcome?: Outcome;
  /** It is shown, but the viewer cannot choose it. */
  locked?: boolean;
  /** How to reach the person, if the hub says so. */
  email?: string;
  /** Buttons at the end of the row. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** A person in a list in which several are chosen at once: the whole row is the checkbox's target. */
export function ChoiceRow({ name, chosen, onToggle, outcome, locked, email, aside, children }: Props) {
  const { t } = useTranslation();
  const reason = useReason();
  return (
    <li className={look.row} data-chosen={chosen || undefined}>
      <label className={look.box}>
        <input type="checkbox" checked={chosen} onChange={onToggle} disabled={locked} />
        <span className={look.name}>{name}</span>
        {children}
        {outcome && (
          <span className={look.outcome} data-outcome={typeof outcome === 'string' ? outcome : 'refused'}>
            {typeof outcome === 'string' ? t(`lead.outcome.${outcome}`) : reason(outcome.code)}
          </span>
        )}
      </label>
      {email && <Mail email={email} name={name} />}
      {aside}
    </li>
  );
}

/** The link to write to somebody. */
export function Mail({ email, name }: { email: string; name: string }) {
  const { t } = useTranslation();
  return (
    <a className={look.mail} href={`mailto:${email}`} title={email} aria-label={t('lead.people.mail', { name })}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 6h18v12H3zm0 0 9 7 9-7" /></svg>
    </a>
  );
}
