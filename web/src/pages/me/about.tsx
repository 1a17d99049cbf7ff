import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Fact, Facts } from '../../parts/facts';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';

export const profilePart = graphql(`fragment ProfilePart on Person {
  givenName familyName email birthDate
  district { id name }
  grants { id role centre { id name } ngo { id name } }
}`);

/** What the hub knows about the person. */
export function Profile({ person: of }: { person: FragmentOf<typeof profilePart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { givenName, familyName, email, birthDate, district, grants } = readFragment(profilePart, of);
  return (
    <Facts>
      <Fact name={t('me.name')}>{`${givenName ?? ''} ${familyName ?? ''}`.trim()}</Fact>
      <Fact name={t('account.email')} verbatim>{email}</Fact>
      <Fact name={t('account.birthDate')}>{birthDate && format.date(birthDate)}</Fact>
      <Fact name={t('account.district')}>{district?.name}</Fact>
      {grants?.map(({ id, role, centre, ngo }) => (
        <Fact key={id} name={t(`Role.${role}`)}>{centre?.name ?? ngo?.name ?? t('me.city')}</Fact>
      ))}
    </Facts>
  );
}
