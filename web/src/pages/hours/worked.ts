import { useTranslation } from 'react-i18next';
import { useFormats } from '../../words/dates';

/** Minutes as hours and minutes. */
export function useWorked(): (minutes: number) => string {
  const { t } = useTranslation();
  const format = useFormats();
  return (all) => {
    const [hours, minutes] = [Math.floor(all / 60), all % 60];
    if (hours === 0) return t('record.minutes', { minutes });
    return minutes === 0 ? t('record.hours', { hours: format.number(hours) }) : t('record.time', { hours: format.number(hours), minutes });
  };
}
