import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../client/act';
import { nextPage, useNewSession } from '../../client/session';
import { type Enum, graphql } from '../../graphql';
import { Heading } from '../../parts/heading';
import { paths } from '../paths';
import { Form } from '../../parts/form';
import look from '../../parts/form.module.css';
import { Password } from './password';

const districtsQuery = graphql(`query Districts { districts { id name } }`);
const registerMutation = graphql(`mutation Register($input: RegisterInput!) { register(input: $input) { person { id } } }`);

export default function Register() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const renew = useNewSession();
  const [{ data }] = useQuery({ query: districtsQuery });
  const { act, busy, refusal } = useAct(registerMutation);
  const wrong = (field: 'email' | 'password' | 'givenName' | 'familyName' | 'birthDate') =>
    refusal?.fields.includes(field) ? t(`account.invalid.${field}`) : undefined;

  const register = async ({ email = '', password = '', givenName = '', familyName = '', birthDate = '', district }: Record<string, string>) => {
    const language = i18n.language.toUpperCase() as Enum<'Language'>;
    if (!(await act({ input: { email, password, givenName, familyName, birthDate, language, district: district || undefined } }))) return;
    renew();
    void navigate(nextPage(search), { replace: true });
  };

  return (
    <>
      <Heading below={t('account.registerBelow')}>{t('account.register')}</Heading>
      <Form words={t('account.create')} busy={busy} refusal={refusal} onSubmit={(values) => void register(values)}>
        <div className={look.pair}>
          <TextInput name="givenName" label={t('account.givenName')} error={wrong('givenName')} autoComplete="given-name" maxLength={80} required />
          <TextInput name="familyName" label={t('account.familyName')} error={wrong('familyName')} autoComplete="family-name" maxLength={80} required />
        </div>
        <TextInput name="birthDate" type="date" label={t('account.birthDate')} description={t('account.birthDateWhy')} error={wrong('birthDate')} autoComplete="bday" required />
        <NativeSelect name="district" label={t('account.district')} data={[{ value: '', label: t('account.noDistrict') }, ...(data?.districts ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
        <TextInput name="email" type="email" label={t('account.email')} error={wrong('email')} autoComplete="username" maxLength={254} required />
        <Password name="password" label={t('account.password')} hint={t('account.passwordHint')} error={wrong('password')} fresh />
      </Form>
      <div className={look.links}>
        <Link to={`${paths.signIn}?${search}`}>{t('account.toSignIn')}</Link>
      </div>
    </>
  );
}
