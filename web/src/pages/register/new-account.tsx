import { useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../client/act';
import { nextPage, useNewSession } from '../../client/session';
import { type Enum, graphql } from '../../graphql';
import { invitation } from '../../modules/account/invitation';
import { Password } from '../../modules/account/password';
import { NativeSelect, TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import look from '../../parts/form.module.css';
import { useTranslation } from '../../words';

const districtsQuery = graphql(`query Districts { districts { id name } }`);
const registerMutation = graphql(`mutation Register($input: RegisterInput!) { register(input: $input) { person { id } } }`);

type Vouched = { token: string; email: string; givenName: string; familyName: string };

/**
 * The form of a new account. Somebody whom a provider vouches for needs no password and keeps the address; somebody with an
 * invitation gets its role.
 */
export function NewAccount({ vouched }: { vouched?: Vouched }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const renew = useNewSession();
  const [{ data }] = useQuery({ query: districtsQuery });
  const { act, busy, refusal } = useAct(registerMutation);
  const invitationToken = search.has('invited') ? invitation.token() : undefined;
  const wrong = (field: 'email' | 'password' | 'givenName' | 'familyName' | 'birthDate') =>
    refusal?.fields.includes(field) ? t(`account.invalid.${field}`) : undefined;

  const register = async ({ email = '', password, givenName = '', familyName = '', birthDate = '', district }: Record<string, string>) => {
    const language = i18n.language.toUpperCase() as Enum<'Language'>;
    const proof = { password, identityToken: vouched?.token, invitationToken };
    if (!(await act({ input: { email, givenName, familyName, birthDate, language, districtId: district || undefined, ...proof } }))) return false;
    if (invitationToken) invitation.forget();
    renew();
    void navigate(nextPage(search), { replace: true });
    return true;
  };

  return (
    <Form words={t('account.create')} draft="register" busy={busy} refusal={refusal} onSubmit={register}>
      <div className={look.pair}>
        <TextInput name="givenName" label={t('account.givenName')} defaultValue={vouched?.givenName} error={wrong('givenName')} autoComplete="given-name" maxLength={80} required />
        <TextInput name="familyName" label={t('account.familyName')} defaultValue={vouched?.familyName} error={wrong('familyName')} autoComplete="family-name" maxLength={80} />
      </div>
      <TextInput name="birthDate" type="date" label={t('account.birthDate')} description={t('account.birthDateWhy')} error={wrong('birthDate')} autoComplete="bday" required />
      <NativeSelect name="district" label={t('account.district')} data={[{ value: '', label: t('account.noDistrict') }, ...(data?.districts ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
      <TextInput name="email" type="email" label={t('account.email')} description={invitationToken && t('invitation.sameEmail')} defaultValue={vouched?.email} readOnly={!!vouched} error={wrong('email')} autoComplete="username" maxLength={254} required />
      {!vouched && <Password name="password" label={t('account.password')} hint={t('account.passwordHint')} error={wrong('password')} fresh />}
    </Form>
  );
}
