import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { More } from '../../parts/more';
import { focuses, orders, times, type Wish } from './filter';
import look from './filters.module.css';

export const districtPart = graphql(`fragment DistrictPart on District { id name }`);

type Props = {
  districts: readonly FragmentOf<typeof districtPart>[];
  wish: Wish;
  onChange: (name: keyof Wish, value: string | boolean) => void;
};

/** The wishes of the address bar, to be changed. On a phone all but the first ones are behind a word. */
export function Filters({ districts, wish, onChange }: Props) {
  const { t } = useTranslation();
  // The fields behind the word are made when they are first looked for.
  const [open, setOpen] = useState(() => matchMedia('(min-width: 62rem)').matches);
  const set = (name: keyof Wish) => (value: string | boolean) => onChange(name, value);
  const select = (name: 'district' | 'focus' | 'when' | 'order', data: { value: string; label: string }[]) => (
    <NativeSelect label={t(`tasks.by.${name}`)} data={data} value={wish[name]} onChange={(event) => set(name)(event.currentTarget.value)} />
  );
  return (
    <search className={look.filters}>
      <div className={look.toggles}>
        <Toggle on={wish.mine} words={t('tasks.mine')} onChange={set('mine')} />
        <Toggle on={wish.free} words={t('tasks.free')} onChange={set('free')} />
        <Toggle on={wish.map} words={t('tasks.map')} onChange={set('map')} />
      </div>
      <More words={t('tasks.filters')} open={open} onToggle={() => setOpen(true)}>
        {open && (
          <div className={look.fields}>
            <Search text={wish.text} onChange={set('text')} />
            {select('district', [{ value: '', label: t('tasks.everywhere') }, ...districts.map((part) => readFragment(districtPart, part)).map(({ id, name }) => ({ value: id, label: name }))])}
            {select('focus', [{ value: '', label: t('tasks.anyFocus') }, ...focuses.map((value) => ({ value, label: t(`Focus.${value}`) }))])}
            {select('when', times.map((value) => ({ value, label: t(`tasks.when.${value}`) })))}
            {select('order', orders.map((value) => ({ value, label: t(`TaskOrder.${value}`) })))}
          </div>
        )}
      </More>
    </search>
  );
}

/** The address follows what is typed, and may be late on a slow phone: until it is left, the field is ahead of it. */
function Search({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const late = text !== (new URLSearchParams(location.search).get('text') ?? '');
    if (field.current && field.current !== document.activeElement && !late) field.current.value = text;
  }, [text]);
  return <TextInput ref={field} type="search" label={t('tasks.by.text')} description={t('tasks.by.textHint')} maxLength={100} defaultValue={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}

function Toggle({ on, words, onChange }: { on: boolean; words: string; onChange: (on: boolean) => void }) {
  return <button type="button" aria-pressed={on} onClick={() => onChange(!on)}>{words}</button>;
}
