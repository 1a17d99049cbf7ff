import { useEffect, useState } from 'react';
import { useTranslation } from '../words';
import { useFormats } from '../words/dates';
import look from './countdown.module.css';

/** How long an offer is valid, by the minute, and in its last minutes by the second. */
export function Countdown({ until, onOver }: { until: string; onOver: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left === 0) onOver();
  }, [left, onOver]);
  return (
    <span className={look.left} role="timer">
      {t('signup.left', { time: format.length(Math.floor(left / 60), left < 300 ? left % 60 : 0) })}
    </span>
  );
}
