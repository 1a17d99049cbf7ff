import { useTranslation } from '../../../words';

/** How long something has been waiting, in whole days. */
export function useWaiting(): (since: string) => string {
  const { t } = useTranslation();
  return (since) => {
    const count = Math.floor((Date.now() - Date.parse(since)) / 86_400_000);
    return count > 0 ? t('centreDesk.waits', { count }) : t('centreDesk.today');
  };
}
