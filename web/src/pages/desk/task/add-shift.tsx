import { useRef, useState } from 'react';
import { useAct } from '../../../client/act';
import { type FragmentOf, graphql } from '../../../graphql';
import { firstShift, missingOf, nextShift, type ShiftDraft, shiftDraft, shiftInput } from '../../../modules/task/draft';
import { ShiftFields } from '../../../modules/task/fields';
import look from '../../../modules/task/fields.module.css';
import { useFirstWrong, useWrong } from '../../../modules/task/wrong';
import { ActionButton, actionPart } from '../../../parts/action';
import { Button } from '../../../parts/button';
import { Refused } from '../../../parts/notice';
import { useTranslation } from '../../../words';

const addMutation = graphql(
  `mutation AddShift($input: AddShiftInput!) { addShift(input: $input) { shift { id task { id nextShiftAt nextShift { id startsAt seats { capacity free } } availableActions { ...ActionPart } } } } }`,
  [actionPart],
);

type Props = { taskId: string; last?: Parameters<typeof shiftDraft>[0]; of: readonly FragmentOf<typeof actionPart>[]; reread: () => void };

/** One more shift, which starts at the same time as the last one, a day later. */
export function AddShift({ taskId, last, of, reread }: Props) {
  const [typed, setTyped] = useState<ShiftDraft>();
  const begin = () => {
    const after = last && nextShift(shiftDraft(last));
    setTyped(after && Date.parse(after.date) > Date.now() ? after : { ...firstShift(), ...(after && { from: after.from, to: after.to, capacity: after.capacity, place: after.place }) });
  };
  if (!typed) return <div><ActionButton action="ADD_SHIFT" of={of} onAct={begin} /></div>;
  return <AddForm taskId={taskId} typed={typed} onChange={setTyped} reread={reread} />;
}

function AddForm({ taskId, typed, onChange, reread }: { taskId: string; typed: ShiftDraft; onChange: (typed?: ShiftDraft) => void; reread: () => void }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(addMutation);
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<string[]>([]);
  const fields = [...missing, ...(refusal?.fields ?? []).map((field) => field.replace('shift.', ''))];
  useFirstWrong(form, refusal, missing);

  const add = async () => {
    const lacking = missingOf(typed);
    setMissing(lacking);
    if (lacking.length > 0 || !(await act({ input: { taskId, shift: shiftInput(typed) } }))) return;
    onChange(undefined);
    reread();
  };

  return (
    <form ref={form} className={look.form} noValidate onSubmit={(event) => { event.preventDefault(); void add(); }}>
      <ShiftFields value={typed} onChange={onChange} wrong={useWrong(fields)} />
      <Refused refusal={refusal} />
      <div className={look.buttons}>
        <Button kind="main" type="submit" busy={busy}>{t('Action.ADD_SHIFT')}</Button>
        <Button onClick={() => onChange(undefined)}>{t('lead.leave')}</Button>
      </div>
    </form>
  );
}
