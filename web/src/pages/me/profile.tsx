import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useFormats } from '../../words/dates';
import look from './profile.module.css';

export const profilePart = graphql(`fragment ProfilePart on Person {
  givenName familyName email birthDate
  district { id name }
  grants { id role centre { id name } ngo { id name } }
}`);

/** What the hub knows of the person. */
export function Profile({ person: of }: { person: FragmentOf<typeof profilePart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { givenName, familyName, email, birthDate, district, grants } = readFragment(profilePart, of);
  return (
    <dl className={look.profile}>
      <div><dt>{t('me.name')}</dt><dd>{[givenName, familyName].join(' ')}</dd></div>
      <div><dt>{t('account.email')}</dt><dd>{email}</dd></div>
      {birthDate && <div><dt>{t('account.birthDate')}</dt><dd>{format.date(birthDate)}</dd></div>}
      {district && <div><dt>{t('account.district')}</dt><dd>{district.name}</dd></div>}
      {grants && grants.length > 0 && (
        <div>
          <dt>{t('me.roles')}</dt>
          {grants.map(({ id, role, centre, ngo }) => <dd key={id}>{[t(`Role.${role}`), centre?.name ?? ngo?.name].filter(Boolean).join(' — ')}</dd>)}
        </div>
      )}
    </dl>
  );
}
