import { useSearchParams } from 'react-router';
import rows from '../../../../modules/desk/city/row.module.css';
import { Button } from '../../../../parts/button';
import { NativeSelect, TextInput } from '../../../../parts/field';
import { useTranslation } from '../../../../words';
import { withFilter } from './filter';
import look from './page.module.css';
import { audited, useAuditWords } from './words';

/** Selects entries: by what was done and when; also by whom and to what, if a link of an entry led here. */
export function AuditFilters() {
  const { t, i18n } = useTranslation();
  const words = useAuditWords();
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) => setSearch(withFilter(search, name, value), { replace: true });
  const actions = audited.map((value) => ({ value, label: words(value) })).toSorted((a, b) => a.label.localeCompare(b.label, i18n.language));
  return (
    <search className={look.list}>
      <div className={rows.filters}>
        <NativeSelect label={t('audit.action')} value={search.get('action') ?? ''} data={[{ value: '', label: t('audit.anything') }, ...actions]} onChange={({ currentTarget }) => set('action', currentTarget.value)} />
        {(['from', 'to'] as const).map((name) => (
          <TextInput key={name} type="date" label={t(`audit.day.${name}`)} value={search.get(name) ?? ''} onChange={({ currentTarget }) => set(name, currentTarget.value)} />
        ))}
      </div>
      {(['person', 'subject'] as const).filter((name) => search.has(name)).map((name) => (
        <p key={name} className={look.only}>
          <span>{t(`audit.only.${name}`)}</span>
          <Button kind="quiet" onClick={() => set(name, '')}>{t('audit.all')}</Button>
        </p>
      ))}
    </search>
  );
}
