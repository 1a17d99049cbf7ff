import type { Refusal } from '../client/refusal';
import { useTranslation } from '../words';

/** The only place where a code becomes words for a person. */
export function useReason(): (code: Refusal['code']) => string {
  const { t } = useTranslation();
  return (code) => (code === 'OFFLINE' ? t('states.noAnswer') : t(`Code.${code}`));
}
