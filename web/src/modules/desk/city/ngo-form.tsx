import type { Refusal } from '../../../client/refusal';
import type { Enum } from '../../../graphql';
import { NativeSelect, Textarea, TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { languages, useTranslation } from '../../../words';
import { focuses } from '../../ngo/focuses';
import { NameFields, type Names } from './names';

/** An NGO's texts as they are stored; a language without a name of its own is empty. */
export type Written = Names & { mission: string; language: Enum<'Language'>; bin: string; focus: Enum<'Focus'> };

type Props = { words: string; draft: string; busy: boolean; refusal?: Refusal; written?: Written; onSubmit: (written: Written) => Promise<object | undefined> };

/** The form of an NGO's texts. Its focus is chosen only when it is created. */
export function NgoForm({ words, draft, busy, refusal, written, onSubmit }: Props) {
  const { t, i18n } = useTranslation();
  const wrong = (field: 'bin' | 'mission') => (refusal?.fields.includes(field) ? t(`city.invalid.${field}`) : undefined);
  return (
    <Form words={words} draft={draft} busy={busy} refusal={refusal} onSubmit={(values) => onSubmit({ ...written, ...values } as Written)}>
      <NameFields refusal={refusal} written={written} />
      {!written && <NativeSelect name="focus" label={t('tasks.by.focus')} data={focuses.map((value) => ({ value, label: t(`Focus.${value}`) }))} />}
      <Textarea name="mission" label={t('city.mission')} error={wrong('mission')} defaultValue={written?.mission} rows={4} maxLength={2000} />
      <NativeSelect
        name="language"
        label={t('city.missionLanguage')}
        defaultValue={written?.language ?? i18n.language.toUpperCase()}
        data={languages.map((language) => ({ value: language.toUpperCase(), label: t(`languages.${language}`) }))}
      />
      <TextInput name="bin" label={t('ngos.bin')} description={t('city.binHint')} error={wrong('bin')} defaultValue={written?.bin} inputMode="numeric" autoComplete="off" maxLength={20} />
    </Form>
  );
}

/** A BIN as it was typed, without the spaces in documents; undefined if there is none. */
export const binOf = ({ bin }: Written) => bin.replace(/\s/g, '') || undefined;
