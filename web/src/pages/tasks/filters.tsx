import { useEffect, useRef, useState } from 'react';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { focuses } from '../../modules/ngo/focuses';
import { NativeSelect, TextInput } from '../../parts/field';
import { More } from '../../parts/more';
import { useTranslation } from '../../words';
import { orders, times, type Wish } from './filter';
import look from './filters.module.css';

export const districtPart = graphql(`fragment DistrictPart on District { id name }`);

const names = ['district', 'focus', 'when', 'order'] as const;
type Chosen = (typeof names)[number];

type Props = {
  districts: readonly FragmentOf<typeof districtPart>[];
  wish: Wish;
  onChange: (name: keyof Wish, value: string | boolean) => void;
};

/**
 * The filters in the address bar. On a phone all but the first are folded away; those that are set are shown, and are removed
 * with a tap.
 */
export function Filters({ districts, wish, onChange }: Props) {
  const { t } = useTranslation();
  // The folded fields are created when they are first opened.
  const [open, setOpen] = useState(() => matchMedia('(min-width: 62rem)').matches);
  const set = (name: keyof Wish) => (value: string | boolean) => onChange(name, value);
  const choices: Record<Chosen, { value: string; label: string }[]> = {
    district: [{ value: '', label: t('tasks.everywhere') }, ...districts.map((part) => readFragment(districtPart, part)).map(({ id, name }) => ({ value: id, label: name }))],
    focus: [{ value: '', label: t('tasks.anyFocus') }, ...focuses.map((value) => ({ value, label: t(`Focus.${value}`) }))],
    when: times.map((value) => ({ value, label: t(`tasks.when.${value}`) })),
    order: orders.map((value) => ({ value, label: t(`TaskOrder.${value}`) })),
  };
  const chosen = names.flatMap((name) => choices[name].slice(1).filter(({ value }) => value === wish[name]).map(({ label }) => ({ name, label })));
  return (
    <search className={look.filters}>
      <div className={look.toggles}>
        <Toggle on={wish.mine} words={t('tasks.mine')} onChange={set('mine')} />
        <Toggle on={wish.free} words={t('tasks.free')} onChange={set('free')} />
        <Toggle on={wish.map} words={t('tasks.map')} onChange={set('map')} />
        {wish.text && <Toggle on words={wish.text} onChange={() => set('text')('')} />}
        {chosen.map(({ name, label }) => <Toggle key={name} on words={label} onChange={() => set(name)(choices[name][0]!.value)} />)}
      </div>
      <More words={t('tasks.filters')} open={open} onToggle={() => setOpen(true)}>
        {open && (
          <div className={look.fields}>
            <Search text={wish.text} onChange={set('text')} />
            {names.map((name) => <NativeSelect key={name} label={t(`tasks.by.${name}`)} data={choices[name]} value={wish[name]} onChange={(event) => set(name)(event.currentTarget.value)} />)}
          </div>
        )}
      </More>
    </search>
  );
}

/** The address follows what is typed, and may be late on a slow phone: while it has the focus, the field may be ahead of it. */
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
