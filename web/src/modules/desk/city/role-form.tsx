import { useState } from 'react';
import { useAct } from '../../../client/act';
import { type Enum, graphql } from '../../../graphql';
import { NativeSelect, TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { Notice } from '../../../parts/notice';
import { languages, useTranslation } from '../../../words';

const giveMutation = graphql(`mutation CityGiveRole($input: GiveRoleInput!) { giveRole(input: $input) { grant { id person { id displayName } } } }`);
const inviteMutation = graphql(`mutation CityInvite($input: InviteByEmailInput!) { inviteByEmail(input: $input) { invitation { id email } } }`);

type Named = { id: string; name: string };

type Props = {
  roles: readonly Enum<'Role'>[];
  /** Where the role is for: not asked if there is only one. */
  centres?: readonly Named[];
  ngos?: readonly Named[];
  onDone: () => void;
};

/** A role for an address: offered by an emailed link, or given at once to somebody who has an account. */
export function RoleForm({ roles, centres = [], ngos = [], onDone }: Props) {
  const { t, i18n } = useTranslation();
  const [role, setRole] = useState(roles[0]!);
  const [how, setHow] = useState<'invite' | 'give'>('invite');
  const [done, setDone] = useState<{ times: number; words?: string }>({ times: 0 });
  const give = useAct(giveMutation);
  const invite = useAct(inviteMutation);
  const { busy, refusal } = how === 'give' ? give : invite;
  const [field, scopes] = role === 'NGO_LEAD' ? (['ngoId', ngos] as const) : (['centreId', role === 'CITY_OFFICER' ? [] : centres] as const);

  const act = async ({ email = '', scope = scopes[0]?.id, language }: Record<string, string>) => {
    const input = { email, role, [field]: role === 'CITY_OFFICER' ? undefined : scope };
    const words = how === 'give' ? await given(input) : await invited({ ...input, language: language as Enum<'Language'> });
    if (!words) return;
    setDone(({ times }) => ({ times: times + 1, words }));
    onDone();
  };
  const given = async ({ email, ...input }: { email: string; role: Enum<'Role'> }) => {
    const data = await give.act({ input: { ...input, person: { email } } });
    return data && t('city.given', { name: data.giveRole.grant.person.displayName });
  };
  const invited = async (input: { email: string; role: Enum<'Role'>; language: Enum<'Language'> }) => {
    const data = await invite.act({ input });
    return data && t('city.invited', { email: data.inviteByEmail.invitation.email ?? input.email });
  };

  const unknown = refusal?.code === 'NOT_FOUND' ? t('city.noAccount') : undefined;
  const wrong = refusal?.fields.some((field) => field.endsWith('email')) ? (unknown ?? t('account.invalid.email')) : undefined;
  return (
    <>
      {done.words && <Notice kind="done">{done.words}</Notice>}
      <Form key={done.times} words={how === 'give' ? t('Action.GIVE_ROLE') : t('Action.INVITE_BY_EMAIL')} busy={busy} refusal={unknown ? undefined : refusal} onSubmit={(values) => void act(values)}>
        <TextInput name="email" type="email" label={t('account.email')} error={wrong} autoComplete="off" maxLength={254} required />
        {roles.length > 1 && (
          <NativeSelect label={t('city.role')} value={role} data={roles.map((value) => ({ value, label: t(`Role.${value}`) }))} onChange={({ currentTarget }) => setRole(currentTarget.value as typeof role)} />
        )}
        {scopes.length > 1 && <NativeSelect key={field} name="scope" label={t(`city.scope.${field}`)} data={scopes.map(({ id, name }) => ({ value: id, label: name }))} />}
        <NativeSelect label={t('city.how')} value={how} data={(['invite', 'give'] as const).map((value) => ({ value, label: t(`city.by.${value}`) }))} onChange={({ currentTarget }) => setHow(currentTarget.value as typeof how)} />
        {how === 'invite' && (
          <NativeSelect name="language" label={t('city.mailLanguage')} defaultValue={i18n.language.toUpperCase()} data={languages.map((language) => ({ value: language.toUpperCase(), label: t(`languages.${language}`) }))} />
        )}
      </Form>
    </>
  );
}
