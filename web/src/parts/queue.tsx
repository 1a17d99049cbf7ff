import { type ReactNode, useSyncExternalStore } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useTranslation } from '../words';
import look from './queue.module.css';

type Item = { id: string; title: string; lang?: string; below: string; mark?: ReactNode };

/**
 * Items that wait for an answer, one after the other: the list, and beside it, or in its place on a phone, the open one. After it
 * has been answered, next opens the one after it.
 */
export function useQueue(items: readonly Item[]) {
  const [search, setSearch] = useSearchParams();
  const wide = useSyncExternalStore(listen, () => beside.matches);
  const at = search.get('at') ?? (wide ? items[0]?.id : undefined);
  const next = () => {
    const index = items.findIndex(({ id }) => id === at);
    const after = items[index + 1] ?? items[index - 1];
    setSearch(after ? { at: after.id } : {}, { replace: true });
  };
  return { items, at, next };
}

const beside = matchMedia('(min-width: 62rem)');

function listen(change: () => void) {
  beside.addEventListener('change', change);
  return () => beside.removeEventListener('change', change);
}

/** The list, and what children returns for the open item. */
export function Queue({ queue: { items, at }, name, children }: { queue: ReturnType<typeof useQueue>; name: string; children: (id: string) => ReactNode }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  return (
    <div className={look.queue} data-open={search.has('at') || undefined}>
      <nav aria-label={name} className={look.list}>
        <ol>
          {items.map(({ id, title, lang, below, mark }) => (
            <li key={id}>
              <Link to={`?at=${id}`} replace aria-current={id === at || undefined}>
                <b lang={lang?.toLowerCase()}>{title}</b>
                <span>{below}</span>
                {mark}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      {at && (
        <div className={look.open}>
          <Link className={look.back} to="?" replace>{t('queue.back', { count: items.length })}</Link>
          {children(at)}
        </div>
      )}
    </div>
  );
}
