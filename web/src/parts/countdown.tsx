import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import look from './countdown.module.css';

/** How long an offer holds, by the minute, and in its last minutes by the second. */
export function Countdown({ until, onOver }: { until: string; onOver: () => void }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left === 0) onOver();
  }, [left, onOver]);
  const [hours, minutes] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60)];
  return (
    <span className={look.left} role="timer">
      {left >= 300 ? t('signup.left', { hours, minutes }) : t('signup.leftSeconds', { minutes, seconds: left % 60 })}
    </span>
  );
}
