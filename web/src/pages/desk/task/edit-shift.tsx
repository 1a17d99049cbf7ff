import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { useAct } from '../../../client/act';
import { graphql } from '../../../graphql';
import { missingOf, shiftDraft, shiftInput } from '../../../modules/task/draft';
import { ShiftFields } from '../../../modules/task/fields';
import look from '../../../modules/task/fields.module.css';
import { seatsPart } from '../../../modules/task/seats';
import { useFirstWrong, useWrong } from '../../../modules/task/wrong';
import { actionPart } from '../../../parts/action';
import { Button } from '../../../parts/button';
import { Refused } from '../../../parts/notice';
import { useTranslation } from '../../../words';
import { Clashes } from './edit-task';
import { merge } from './merge';

const readQuery = graphql(`query ReadShift($id: ID!) { shift(id: $id) { id startsAt endsAt place seats { capacity } } }`);
const updateMutation = graphql(
  `mutation UpdateShift($input: UpdateShiftInput!) {
    updateShift(input: $input) { shift { id startsAt endsAt checkInFrom checkInUntil place waiting seats { capacity taken free ...SeatsPart } availableActions { ...ActionPart } task { id nextShiftAt nextShift { id startsAt seats { capacity free } } } } }
  }`,
  [seatsPart, actionPart],
);

/** Changes a shift that has not begun. */
export function EditShift({ shift, onDone }: { shift: Parameters<typeof shiftDraft>[0] & { id: string }; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { act, busy, refusal } = useAct(updateMutation);
  const form = useRef<HTMLFormElement>(null);
  const [opened, setOpened] = useState(() => shiftDraft(shift));
  const [typed, setTyped] = useState(opened);
  const [clashes, setClashes] = useState<string[]>([]);
  const [missing, setMissing] = useState<string[]>([]);
  const fields = [...missing, ...(refusal?.fields ?? []), ...(refusal?.code === 'CAPACITY_TAKEN' ? ['capacity'] : [])];
  useFirstWrong(form, refusal, missing);

  const save = async () => {
    const lacking = missingOf(typed);
    setMissing(lacking);
    if (lacking.length > 0) return;
    const { data } = await client.query(readQuery, { id: shift.id }, { requestPolicy: 'network-only' }).toPromise();
    const now = data?.shift ? shiftDraft(data.shift) : opened;
    const { merged, clashes: found } = merge(opened, now, typed);
    setOpened(now);
    setTyped(merged);
    setClashes(found.map((field) => `${t(`lead.shift.${field}`)}: ${now[field]}`));
    if (found.length > 0) return;
    const before: Record<string, unknown> = shiftInput(now);
    const changed = Object.entries(shiftInput(merged)).filter(([field, value]) => value !== before[field]);
    if (changed.length === 0 || (await act({ input: { id: shift.id, ...Object.fromEntries(changed) } }))) onDone();
  };

  return (
    <form ref={form} className={look.form} noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <ShiftFields value={typed} onChange={setTyped} wrong={useWrong(fields)} />
      <Clashes with={clashes} />
      <Refused refusal={refusal} />
      <div className={look.buttons}>
        <Button kind="main" type="submit" busy={busy}>{t('lead.save')}</Button>
        <Button onClick={onDone}>{t('lead.leave')}</Button>
      </div>
    </form>
  );
}
