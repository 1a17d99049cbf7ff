import { Textarea } from '../../../parts/field';
import { useTranslation } from '../../../words';

/** Why something is done, for its history. */
export function ReasonField({ required = true }: { required?: boolean }) {
  const { t } = useTranslation();
  return <Textarea name="reason" label={t('city.reason')} description={t('city.reasonHint')} rows={2} minLength={3} maxLength={1000} required={required} />;
}
