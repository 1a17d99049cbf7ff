import { useState } from 'react';
import { Button } from '../../parts/button';
import { TextInput } from '../../parts/field';
import { useTranslation } from '../../words';

/** The code of a second factor. A phone shows a keyboard with digits, and with letters too for recovery codes. */
export function Code({ name, wrong, autoFocus }: { name: string; wrong?: boolean; autoFocus?: boolean }) {
  const { t } = useTranslation();
  const [letters, setLetters] = useState(false);
  return (
    <div>
      <TextInput name={name} label={t('account.code')} description={t('account.codeHint')} error={wrong} inputMode={letters ? 'text' : 'numeric'} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={40} required autoFocus={autoFocus} />
      <Button kind="quiet" aria-pressed={letters} onClick={() => setLetters(!letters)}>{t('account.recoveryCode')}</Button>
    </div>
  );
}
