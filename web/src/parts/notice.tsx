import type { ReactNode } from 'react';
import type { Refusal } from '../client/refusal';
import { useTranslation } from '../words';
import { useFormats } from '../words/dates';
import look from './notice.module.css';
import { useReason } from './reason';
import { WayOn } from './way-on';

/** A short message to the person in its place on the page: what was done, what is waiting, what was refused. */
export function Notice({ kind, children }: { kind: 'done' | 'wait' | 'warn'; children: ReactNode }) {
  return (
    <div role={kind === 'warn' ? 'alert' : 'status'} className={look.notice} data-kind={kind}>
      {children}
    </div>
  );
}

/** Why something was not done; nothing if it was. */
export function Refused({ refusal }: { refusal?: Refusal }) {
  const { t } = useTranslation();
  const format = useFormats();
  const reason = useReason();
  if (!refusal) return null;
  const { code, again, until } = refusal;
  return (
    <Notice kind="warn">
      {reason(code)} {again && t('states.again', { at: format.moment(again) })} {until && t('states.until', { at: format.moment(until) })} <WayOn code={code} />
    </Notice>
  );
}
