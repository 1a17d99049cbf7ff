import { useNavigate } from 'react-router';
import { useAct } from '../../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../../graphql';
import { OpenCentres } from '../../../modules/desk/open-centres';
import { actionPart } from '../../../parts/action';
import { NativeSelect, Textarea, TextInput } from '../../../parts/field';
import { Ways } from '../../../parts/ways';
import { pathOf } from '../../../paths';
import { languages, useTranslation } from '../../../words';

export const newTeamPart = graphql(`fragment NewTeamPart on Ngo { id availableActions { ...ActionPart } }`, [actionPart]);

const createMutation = graphql(`mutation CreateTeam($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }`);

/** A new team of the NGO: its name, what it does, and the centre that hosts it. */
export function NewTeam({ ngo: of, reread }: { ngo: FragmentOf<typeof newTeamPart>; reread: () => void }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const create = useAct(createMutation);
  const { id, availableActions } = readFragment(newTeamPart, of);
  const unnamed = create.refusal?.fields.some((field) => field === 'name' || field.startsWith('name.'));

  const does = async ({ kk, ru, en, about, language, centreId = '' }: Record<string, string>) => {
    const name = { kk: kk || undefined, ru: ru || undefined, en: en || undefined };
    const data = await create.act({ input: { ngoId: id, centreId, name, about: about || undefined, language: language as Enum<'Language'> } });
    if (data) void navigate(pathOf('teamDesk', data.createTeam.team.id));
    return data;
  };

  const fields = (
    <>
      {languages.map((language, index) => (
        <TextInput
          key={language}
          name={language}
          lang={language}
          label={t('city.nameIn', { language: t(`languages.${language}`) })}
          description={index === 0 ? t('city.nameHint') : undefined}
          error={index === 0 && unnamed ? t('city.invalid.name') : undefined}
          maxLength={120}
        />
      ))}
      <OpenCentres label={t('ngoDesk.centre')} />
      <Textarea name="about" label={t('ngoDesk.about')} rows={3} maxLength={2000} />
      <NativeSelect
        name="language"
        label={t('city.missionLanguage')}
        defaultValue={i18n.language.toUpperCase()}
        data={languages.map((language) => ({ value: language.toUpperCase(), label: t(`languages.${language}`) }))}
      />
    </>
  );
  return <Ways about={id} of={availableActions} ways={[{ ...create, action: 'CREATE_TEAM', kind: 'main', does, fields }]} onDone={(done) => done || reread()} />;
}
