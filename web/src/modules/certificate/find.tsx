import { useNavigate } from 'react-router';
import { TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';

/** Looks up a certificate by its number. */
export function FindForm({ number }: { number?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Form words={t('record.check.send')} busy={false} onSubmit={({ number: typed = '' }) => void navigate(pathOf('certificate', encodeURIComponent(typed.trim().toUpperCase())))}>
      <TextInput name="number" label={t('record.check.number')} description={t('record.check.hint')} defaultValue={number} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={40} required />
    </Form>
  );
}
