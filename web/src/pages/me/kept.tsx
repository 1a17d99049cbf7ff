import { useEffect, useState } from 'react';
import { forget, keep, kept, person, visit } from '../../client/kept';
import type { FragmentOf } from '../../graphql';
import { Button } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { Panel } from '../../parts/panel';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './page.module.css';
import { SignupRow, type signupRow } from './signup';

type Shifts = readonly (FragmentOf<typeof signupRow> & { id: string })[];

/** Stores my future shifts on this device: undefined until they are read, null if nobody is signed in. */
export function useKeeping(shifts: Shifts | null | undefined): void {
  const [during] = useState(visit);
  useEffect(() => {
    if (shifts === null && person()) forget();
    else if (shifts) keep(during, shifts.map((signup) => ({ ...signup, availableActions: [] })).toReversed());
  }, [during, shifts]);
}

/** My shifts as last stored on this device, without actions that need the hub; nothing if none are stored. */
export function keptShifts(reread: () => void) {
  const last = kept<Shifts>();
  return last && <KeptShifts shifts={last.what} at={last.at} reread={reread} />;
}

function KeptShifts({ shifts, at, reread }: { shifts: Shifts; at: string; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <>
      <Heading>{t('shell.me')}</Heading>
      <Notice kind="wait">{t('me.kept', { at: format.moment(at) })}</Notice>
      <Panel title={t('me.coming')}>
        {shifts.length === 0 && <p className={look.quiet}>{t('me.noneComing')}</p>}
        <ul className={look.list}>{shifts.map((signup) => <SignupRow key={signup.id} signup={signup} reread={reread} />)}</ul>
      </Panel>
      <Button onClick={reread}>{t('states.retry')}</Button>
    </>
  );
}
