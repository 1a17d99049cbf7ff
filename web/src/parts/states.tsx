import { type ReactNode, useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { type Refusal, refusalOf, wantsSignIn } from '../client/refusal';
import { type Whole, whole } from '../client/whole';
import { paths } from '../paths';
import { useTranslation } from '../words';
import { Button, ButtonLink } from './button';
import { Heading } from './heading';
import { Notice } from './notice';
import { useReason } from './reason';
import look from './states.module.css';

/** What a page or a part of it shows in place of its content. */
export function State({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={look.state}>
      <svg className={look.ridge} viewBox="0 0 96 32" aria-hidden="true">
        <path d="M2 30 22 12l9 8L50 3l16 15 8-6 20 18" />
      </svg>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

/** In place of the content while it is loading. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" className={look.waiting}>
      <span className="unseen">{t('states.loading')}</span>
      <i /><i /><i />
    </div>
  );
}

type Props<Data> = {
  /** The result of useQuery. */
  query: [{ data?: Data; error?: CombinedError }, (options: { requestPolicy: 'network-only' }) => void];
  /** What to show if the hub cannot be reached and nothing was loaded. */
  offline?: (reread: () => void) => ReactNode;
  /** Gets the data, and a function that reads it again. */
  children: (data: Whole<Data>, reread: () => void) => ReactNode;
};

/** Shows a query's data: if the network fails, the last data, with a message. */
export function Loaded<Data extends object>({ query: [result, again], offline, children }: Props<Data>) {
  const { t } = useTranslation();
  const reread = () => again({ requestPolicy: 'network-only' });
  const now = whole(result.data);
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  const data = now ?? last;
  const away = result.error ? refusalOf(result.error).code === 'OFFLINE' : !navigator.onLine;
  useEffect(() => {
    if (!away) return;
    addEventListener('online', reread);
    return () => removeEventListener('online', reread);
  });
  if (!data) return (away && offline?.(reread)) || (result.error ? <Failed error={result.error} retry={reread} /> : <Waiting />);
  return (
    <>
      {result.error && away && <Notice kind="wait">{t('states.old')}</Notice>}
      {children(data, reread)}
    </>
  );
}

/** Refusals if the hub has another version of the app now. */
const renewed: Refusal['code'][] = ['OPERATION_UNKNOWN', 'PERSISTED_QUERY_NOT_FOUND', 'GRAPHQL_VALIDATION_FAILED'];

function Failed({ error, retry }: { error: CombinedError; retry: () => void }) {
  const { t } = useTranslation();
  const reason = useReason();
  const { code, id } = refusalOf(error);
  if (wantsSignIn(error)) return <Waiting />; // on the way to the sign-in page
  if (code === 'NOT_FOUND' || code === 'INVALID') return <Gone />;
  return (
    <State title={code === 'OFFLINE' ? t('states.offline') : t('states.failed')} text={reason(code)}>
      {id && <p>{t('states.id', { id })}</p>}
      {renewed.includes(code) ? <Button onClick={() => location.reload()}>{t('states.reload')}</Button> : <Button onClick={retry}>{t('states.retry')}</Button>}
    </State>
  );
}

/** In place of what does not exist, or may not be known to the viewer. */
export function Gone() {
  const { t } = useTranslation();
  return (
    <>
      <Heading>{t('missing.title')}</Heading>
      <State title={t('missing.gone')} text={t('missing.goneText')}>
        <ButtonLink to={paths.home}>{t('missing.home')}</ButtonLink>
      </State>
    </>
  );
}
