import { useState } from 'react';
import { NativeSelect, TextInput } from '../../../parts/field';
import { useTranslation } from '../../../words';
import { dayOf } from '../../../words/dates';
import look from './page.module.css';

/** A first and a last day; an empty one means no limit. */
export type Days = { from: string; to: string };

const names = ['ever', 'year', 'last', 'own'] as const;
type Name = (typeof names)[number];

/** The days of a named period. */
export function daysOf(name: Name): Days {
  const today = dayOf(Date.now());
  const year = Number(today.slice(0, 4));
  if (name === 'last') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  return name === 'ever' ? { from: '', to: '' } : { from: `${year}-01-01`, to: today };
}

/** Which part of the record is shown. */
export function Period({ days, onChange }: { days: Days; onChange: (days: Days) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState<Name>('ever');
  const choose = (next: Name) => {
    setName(next);
    onChange(daysOf(next));
  };
  const set = (change: Partial<Days>) => {
    const next = { ...days, ...change };
    if (!next.from || !next.to || next.from <= next.to) onChange(next);
  };
  const today = dayOf(Date.now());
  return (
    <div className={look.period}>
      <NativeSelect label={t('record.period.title')} value={name} data={names.map((one) => ({ value: one, label: t(`record.period.${one}`) }))} onChange={({ currentTarget }) => choose(currentTarget.value as Name)} />
      {name === 'own' && (
        <>
          <TextInput type="date" label={t('record.period.from')} value={days.from} max={days.to || today} onChange={({ currentTarget }) => set({ from: currentTarget.value })} />
          <TextInput type="date" label={t('record.period.to')} value={days.to} min={days.from} max={today} onChange={({ currentTarget }) => set({ to: currentTarget.value })} />
        </>
      )}
    </div>
  );
}
