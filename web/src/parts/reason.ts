import { useTranslation } from 'react-i18next';
import type { Refusal } from '../client/refusal';

/** The one place where a code becomes the person's words. */
export function useReason(): (code: Refusal['code']) => string {
  const { t } = useTranslation();
  return (code) => (code === 'OFFLINE' ? t('states.noAnswer') : t(`Code.${code}`));
}
