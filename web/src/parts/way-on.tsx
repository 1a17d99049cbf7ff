import { Link } from 'react-router';
import type { Refusal } from '../client/refusal';
import { paths } from '../paths';
import { useTranslation } from '../words';
import look from './action.module.css';

/** A link to what has to be done first; nothing if the person cannot do anything about it. */
export function WayOn({ code }: { code: Refusal['code'] }) {
  const { t } = useTranslation();
  if (code === 'CONSENT_MISSING') return <Link className={look.way} to={`${paths.me}#consent`}>{t('consent.toAsk')}</Link>;
  if (code === 'SECOND_FACTOR_MISSING') return <Link className={look.way} to={`${paths.security}#factor`}>{t('me.toFactor')}</Link>;
  if (code === 'EMAIL_UNVERIFIED') return <Link className={look.way} to={paths.security}>{t('account.verify')}</Link>;
  if (code === 'PROFILE_INCOMPLETE') return <Link className={look.way} to={paths.profile}>{t('me.profile')}</Link>;
  return null;
}
