import { useNavigate } from 'react-router';
import { useAct } from '../../../../../client/act';
import { graphql } from '../../../../../graphql';
import { binOf, NgoForm, type Written } from '../../../../../modules/desk/city/ngo-form';
import { Heading } from '../../../../../parts/heading';
import { pathOf } from '../../../../../paths';
import { useTranslation } from '../../../../../words';

const createMutation = graphql(`mutation CityCreateNgo($input: CreateNgoInput!) { createNgo(input: $input) { ngo { id } } }`);

/** Creates an NGO. */
export default function NewNgo() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { act, busy, refusal } = useAct(createMutation);
  const create = async (written: Written) => {
    const { kk, ru, en, mission, language, focus } = written;
    const data = await act({ input: { name: { kk, ru, en }, mission: mission || undefined, language, focus, bin: binOf(written) } });
    if (data) void navigate(pathOf('cityNgo', data.createNgo.ngo.id), { replace: true });
    return data;
  };
  return (
    <>
      <Heading below={t('city.newNgoBelow')}>{t('city.newNgo')}</Heading>
      <NgoForm words={t('Action.CREATE_NGO')} draft="ngo" busy={busy} refusal={refusal} onSubmit={create} />
    </>
  );
}
