import { Link } from 'react-router';
import { useAct } from '../../../client/act';
import { signInFirst } from '../../../client/session';
import { useAppSettings } from '../../../client/settings';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { ProviderLink } from '../../../modules/account/provider';
import sessions from '../../../modules/account/sessions.module.css';
import { Button } from '../../../parts/button';
import { Refused } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import look from './factor.module.css';

export const identitiesPart = graphql(`fragment IdentitiesPart on Person { id identities { id issuer createdAt } }`);

const unlinkMutation = graphql(
  `mutation UnlinkIdentity($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) { person { id ...IdentitiesPart } } }`,
  [identitiesPart],
);

/**
 * Accounts at a provider that open this account; failed is why one was not linked. Nothing if there are neither any nor a
 * provider.
 */
export function Identities({ person, failed, reread }: { person: FragmentOf<typeof identitiesPart>; failed: string; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const provider = useAppSettings()?.provider;
  const { act, busy, refusal } = useAct(unlinkMutation);
  const { identities } = readFragment(identitiesPart, person);
  if (!provider && !identities?.length) return null;
  const unlink = async (id: string) => {
    if (!(await act({ input: { id } }))) reread();
  };
  return (
    <Panel title={t('security.ways')}>
      <p className={look.quiet}>{t('security.waysBelow')}</p>
      <ul className={sessions.sessions}>
        {identities?.map(({ id, issuer, createdAt }) => (
          <li key={id}>
            <span>{t('security.since', { name: new URL(issuer).host, date: format.date(createdAt) })}</span>
            <Button kind="quiet" busy={busy} onClick={() => void unlink(id)}>{t('security.unlink')}</Button>
          </li>
        ))}
      </ul>
      <Refused refusal={refusal} />
      {provider && <ProviderLink to={paths.security} words={t('security.add', { name: provider })} />}
      {failed === 'SIGN_IN_AGAIN' && <Link to={signInFirst(paths.security)}>{t('account.enter')}</Link>}
    </Panel>
  );
}
