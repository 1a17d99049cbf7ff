import { useState } from 'react';
import { TextInput } from '../../parts/field';
import look from '../../parts/form.module.css';
import { More } from '../../parts/more';
import { useTranslation } from '../../words';
import { dayOf } from '../../words/dates';
import wayLook from './register.module.css';

/** The register of volunteer work as a file: the city's, or an NGO's. */
export function Register({ ngo }: { ngo?: { id: string; name: string } }) {
  const { t, i18n } = useTranslation();
  const today = dayOf(Date.now());
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01-01`);
  const [to, setTo] = useState(today);
  const asked = new URLSearchParams({ from, to, language: i18n.language, ...(ngo && { ngo: ngo.id }) });
  return (
    <More words={t('record.register.title')}>
      <div className={look.form}>
        {ngo && <b>{ngo.name}</b>}
        <p>{t('record.register.below')}</p>
        <div className={look.pair}>
          <TextInput type="date" label={t('record.period.from')} value={from} max={to || today} onChange={({ currentTarget }) => setFrom(currentTarget.value)} />
          <TextInput type="date" label={t('record.period.to')} value={to} min={from} max={today} onChange={({ currentTarget }) => setTo(currentTarget.value)} />
        </div>
        {(!from || !to || from <= to) && <a className={wayLook.way} href={`/register.csv?${asked}`} download>{t('record.register.get')}</a>}
      </div>
    </More>
  );
}
