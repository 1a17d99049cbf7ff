import type { Refusal } from '../../../client/refusal';
import { TextInput } from '../../../parts/field';
import { type Language, languages, useTranslation } from '../../../words';

/** A curated name as it is stored; a language without a name of its own is empty. */
export type Names = Record<Language, string>;

/** A language without a name of its own returns another language's: such a name is not stored. */
export const ownNames = ({ kk, ru, en }: Names): Names => ({ kk, ru: ru === kk ? '' : ru, en: en === kk || en === ru ? '' : en });

/** The fields of a name, one for each language. */
export function NameFields({ refusal, written }: { refusal?: Refusal; written?: Names }) {
  const { t } = useTranslation();
  const unnamed = refusal?.fields.some((field) => field === 'name' || field.startsWith('name.'));
  return languages.map((language, index) => (
    <TextInput
      key={language}
      name={language}
      lang={language}
      label={t('city.nameIn', { language: t(`languages.${language}`) })}
      description={index === 0 ? t('city.nameHint') : undefined}
      error={index === 0 && unnamed ? t('city.invalid.name') : undefined}
      defaultValue={written?.[language]}
      maxLength={120}
    />
  ));
}
