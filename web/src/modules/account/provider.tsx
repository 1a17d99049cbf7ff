import { useAppSettings } from '../../client/settings';
import type { Enum } from '../../graphql';
import { ButtonLink } from '../../parts/button';
import look from '../../parts/form.module.css';
import { Refused } from '../../parts/notice';
import { useTranslation } from '../../words';

/** The link to sign in through the OpenID provider, if the hub has one; to is the page to return to. */
export function ProviderLink({ to, words }: { to: string; words?: string }) {
  const { t } = useTranslation();
  const name = useAppSettings()?.provider;
  if (!name) return null;
  const [page = '/'] = to.split('#'); // the hub redirects to pages, not to parts of them
  const start = `/oidc/start?${new URLSearchParams({ return_to: page })}`;
  return (
    <div className={look.form}>
      <ButtonLink to={words ? `${start}&link=1` : start} reloadDocument>{words ?? t('account.through', { name })}</ButtonLink>
    </div>
  );
}

/** Why somebody returned from the provider without having signed in, by the code in the address. */
export function Failed({ code }: { code: string }) {
  const { i18n } = useTranslation();
  return i18n.exists(`Code.${code}`) ? <Refused refusal={{ code: code as Enum<'Code'>, fields: [] }} /> : null;
}
