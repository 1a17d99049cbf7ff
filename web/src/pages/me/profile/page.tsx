import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../../client/act';
import { graphql } from '../../../graphql';
import { Fact, Facts } from '../../../parts/facts';
import { NativeSelect, TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import look from '../../../parts/form.module.css';
import { Heading } from '../../../parts/heading';
import { Notice } from '../../../parts/notice';
import { SignInFirst } from '../../../parts/sign-in-first';
import { Loaded } from '../../../parts/states';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';

const profileQuery = graphql(`query Profile { viewer { id givenName familyName birthDate district { id } } districts { id name } }`);
const updateMutation = graphql(
  `mutation UpdateProfile($input: UpdateProfileInput!) { updateProfile(input: $input) { person { id displayName givenName familyName birthDate district { id name } } } }`,
);

/** The parts of the profile that a person may change. */
export default function Profile() {
  const { t } = useTranslation();
  const format = useFormats();
  const query = useQuery({ query: profileQuery });
  const { act, busy, refusal } = useAct(updateMutation);
  const [saved, setSaved] = useState(false);
  const wrong = (field: 'givenName' | 'familyName' | 'birthDate') => (refusal?.fields.includes(field) ? t(`account.invalid.${field}`) : undefined);

  const save = async ({ givenName, familyName, birthDate, districtId }: Record<string, string>) => {
    setSaved(false);
    const done = await act({ input: { givenName, familyName, birthDate, districtId: districtId || null } });
    setSaved(!!done);
    return done;
  };

  return (
    <>
      <Heading above={<Link to={paths.me}>{t('shell.me')}</Link>}>{t('me.profile')}</Heading>
      <Loaded query={query}>
        {({ viewer, districts }) =>
          viewer ? (
            <>
              <Form words={t('account.resetNow')} draft="profile" busy={busy} refusal={refusal} onSubmit={save}>
                <div className={look.pair}>
                  <TextInput name="givenName" label={t('account.givenName')} defaultValue={viewer.givenName ?? ''} error={wrong('givenName')} autoComplete="given-name" maxLength={80} required />
                  <TextInput name="familyName" label={t('account.familyName')} defaultValue={viewer.familyName ?? ''} error={wrong('familyName')} autoComplete="family-name" maxLength={80} />
                </div>
                {!viewer.givenName && <TextInput name="birthDate" type="date" label={t('account.birthDate')} description={t('account.birthDateWhy')} error={wrong('birthDate')} autoComplete="bday" required />}
                <NativeSelect name="districtId" label={t('account.district')} defaultValue={viewer.district?.id ?? ''} data={[{ value: '', label: t('account.noDistrict') }, ...districts.map(({ id, name }) => ({ value: id, label: name }))]} />
                {saved && <Notice kind="done">{t('profile.saved')}</Notice>}
              </Form>
              <Facts>
                <Fact name={t('account.birthDate')}>{viewer.givenName && viewer.birthDate && `${format.date(viewer.birthDate)}. ${t('profile.birthDateStays')}`}</Fact>
              </Facts>
            </>
          ) : (
            <SignInFirst />
          )
        }
      </Loaded>
    </>
  );
}
