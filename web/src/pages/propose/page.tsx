import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../client/act';
import { type Enum, graphql } from '../../graphql';
import { PhotoPicker, usePhotos } from '../../modules/photos/photos';
import { NativeSelect, Textarea, TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import { Heading } from '../../parts/heading';
import { SignInFirst } from '../../parts/sign-in-first';
import { Loaded } from '../../parts/states';
import { pathOf } from '../../paths';
import { languages, useTranslation } from '../../words';
import { type Draft, draftOf, Similar } from './similar';

const whereQuery = graphql(`query ProposeWhere { viewer { id district { id } } districts { id name } }`);
const submitMutation = graphql(`mutation SubmitProposal($input: SubmitProposalInput!) { submitProposal(input: $input) { proposal { id } } }`);

/** The form in which anyone proposes something to the city. */
export default function Propose() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const query = useQuery({ query: whereQuery });
  const { act, busy, refusal } = useAct(submitMutation);
  const photos = usePhotos(5);
  const [draft, setDraft] = useState<Draft>({ districtId: '', title: '', text: '' });
  const wrong = (field: 'title' | 'text' | 'place') => (refusal?.fields.includes(field) ? t(`propose.invalid.${field}`) : undefined);

  const submit = async ({ title = '', text = '', districtId = '', place = '', language = '' }: Record<string, string>) => {
    if (photos.failed || photos.sending) return false;
    const done = await act({ input: { title, text, districtId, place: place || undefined, language: language as Enum<'Language'>, photos: photos.input } });
    if (done) void navigate(pathOf('proposal', done.submitProposal.proposal.id), { replace: true });
    return done;
  };

  return (
    <>
      <Heading below={t('propose.below')}>{t('propose.title')}</Heading>
      <Loaded query={query}>
        {({ viewer, districts }) =>
          viewer ? (
            <Form words={t('propose.submit')} draft="propose" busy={busy || photos.sending} refusal={refusal} onTyped={(form) => setDraft(draftOf(form))} onSubmit={submit}>
              <TextInput name="title" label={t('propose.name')} description={t('propose.nameHint')} error={wrong('title')} minLength={5} maxLength={120} required />
              <Textarea name="text" label={t('propose.text')} description={t('propose.textHint')} error={wrong('text')} rows={6} minLength={10} maxLength={4000} required />
              <NativeSelect name="districtId" label={t('propose.district')} defaultValue={viewer.district?.id} data={districts.map(({ id, name }) => ({ value: id, label: name }))} required />
              <Similar draft={draft} />
              <TextInput name="place" label={t('propose.place')} description={t('propose.placeHint')} error={wrong('place')} maxLength={200} />
              <PhotoPicker of={photos} />
              <NativeSelect name="language" label={t('propose.language')} defaultValue={i18n.language.toUpperCase()} data={languages.map((language) => ({ value: language.toUpperCase(), label: t(`languages.${language}`) }))} />
            </Form>
          ) : (
            <SignInFirst />
          )
        }
      </Loaded>
    </>
  );
}
