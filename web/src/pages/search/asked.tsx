import { useEffect, useRef } from 'react';
import { useTranslation } from '../../words';
import look from './asked.module.css';
import { types, type Wish } from './wish';
import { NativeSelect, TextInput } from '../../parts/field';

type Props = { wish: Wish; districts: readonly { id: string; name: string }[]; onChange: (part: Partial<Wish>) => void };

/** The words and filters of a search. */
export function Asked({ wish, districts, onChange }: Props) {
  const { t } = useTranslation();
  const toggle = (type: Wish['types'][number]) => onChange({ types: types.filter((one) => wish.types.includes(one) !== (one === type)) });
  return (
    <search className={look.asked}>
      <Field text={wish.text} onChange={(text) => onChange({ text })} />
      <div className={look.narrow}>
        <div className={look.types} role="group" aria-label={t('search.types')}>
          {types.map((type) => <button key={type} type="button" aria-pressed={wish.types.includes(type)} onClick={() => toggle(type)}>{t(`search.type.${type}`)}</button>)}
        </div>
        <NativeSelect
          aria-label={t('tasks.by.district')}
          value={wish.district}
          data={[{ value: '', label: t('tasks.everywhere') }, ...districts.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={({ currentTarget }) => onChange({ district: currentTarget.value })}
        />
      </div>
    </search>
  );
}

/** Milliseconds after the last letter until the search begins. */
const pause = 300;

/**
 * The address follows what is typed after a pause; Enter does not wait. While it has the focus, the field may be ahead of the
 * address.
 */
function Field({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!field.current!.value) field.current!.focus(); // somebody who comes without words wants to type
    return () => clearTimeout(timer.current);
  }, []);
  useEffect(() => {
    if (field.current !== document.activeElement) field.current!.value = text;
  }, [text]);
  const typed = (wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(field.current!.value), wait);
  };
  return (
    <form noValidate onSubmit={(event) => (event.preventDefault(), typed(0), field.current!.blur())}>
      <TextInput ref={field} type="search" enterKeyHint="search" label={t('search.words')} description={t('search.hint')} maxLength={100} defaultValue={text} onChange={() => typed(pause)} />
    </form>
  );
}
