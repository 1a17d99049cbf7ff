import { useTranslation } from 'react-i18next';
import type { Refusal } from '../client/refusal';

/** The only place where a code becomes words for a person. */
export function useReason(): (code: Refusal['code']) => string {
  const { t } = useTranslation();
  return (code) => (code === 'OFFLINE' ? t('states.noAnswer') : t(`Code.${code}`));
}
