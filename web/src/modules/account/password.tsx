import { useState } from 'react';
import { Button } from '../../parts/button';
import { TextInput } from '../../parts/field';
import { useTranslation } from '../../words';

type Props = { name: string; label: string; hint?: string; error?: string; fresh?: boolean };

/** A password that can be made visible: on a phone nobody types one blindly. */
export function Password({ name, label, hint, error, fresh }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div>
      <TextInput name={name} label={label} description={hint} error={error} type={shown ? 'text' : 'password'} autoComplete={fresh ? 'new-password' : 'current-password'} minLength={fresh ? 10 : undefined} maxLength={128} required />
      <Button kind="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>{t('account.show')}</Button>
    </div>
  );
}
