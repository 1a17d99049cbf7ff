import { useRef } from 'react';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './consent.module.css';
import { Withdrawal, withdrawalPart } from './withdrawal';

export const consentRow = graphql(
  `fragment ConsentRow on Consent { id state guardianEmail askedAt expiresAt givenAt revokedAt reason seenOn note ...WithdrawalPart }`,
  [withdrawalPart],
);

type Props = { scope: Enum<'ConsentScope'>; consent?: FragmentOf<typeof consentRow>; reread: () => void; byCentre?: boolean };

/** The state of the consent to one scope, since when, and how to withdraw it. */
export function ConsentRow({ scope, consent: of, reread, byCentre }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const consent = readFragment(consentRow, of);
  const row = useRef<HTMLLIElement>(null);
  const day = consent?.revokedAt ?? consent?.givenAt;
  const { guardianEmail: email, expiresAt } = consent ?? {};
  const date = consent && format.date(consent.askedAt);
  return (
    <li ref={row} tabIndex={-1} className={look.consent}>
      <h3>{t(`ConsentScope.${scope}`)}</h3>
      <p className={look.state} data-state={consent?.state} role="status">
        {!consent ? t('consent.none') : day ? t('consent.on', { state: t(`ConsentState.${consent.state}`), date: format.date(day) }) : t(`ConsentState.${consent.state}`)}
      </p>
      {email && <p>{t('consent.asked', { email, date })}</p>}
      {consent?.state === 'ASKED' && expiresAt && <p>{t('consent.until', { date: format.date(expiresAt) })}</p>}
      {consent?.seenOn && <p>{[t('paper.on', { date: format.date(consent.seenOn) }), consent.note].filter(Boolean).join('. ')}</p>}
      {consent?.reason && <p>{t('consent.because', { reason: consent.reason })}</p>}
      {consent && <Withdrawal consent={consent} reread={reread} byCentre={byCentre} onLeave={() => row.current?.focus()} />}
    </li>
  );
}
