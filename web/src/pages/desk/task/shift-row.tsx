import { useState } from 'react';
import { useAct } from '../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { usable } from '../../../modules/desk/guard';
import { Reasoned } from '../../../modules/desk/reasoned';
import { Seats, seatsPart } from '../../../modules/task/seats';
import { ActionButton, actionPart } from '../../../parts/action';
import { ButtonLink } from '../../../parts/button';
import { Day } from '../../../parts/day';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { EditShift } from './edit-shift';
import look from './page.module.css';

export const deskShift = graphql(
  `fragment DeskShift on Shift {
    id startsAt endsAt place state cancelReason waiting
    seats { capacity taken ...SeatsPart }
    availableActions { ...ActionPart }
  }`,
  [seatsPart, actionPart],
);

const cancelMutation = graphql(
  `mutation CancelShift($input: CancelShiftInput!) { cancelShift(input: $input) { shift { id task { id nextShiftAt nextShift { id startsAt seats { capacity free } } availableActions { ...ActionPart } } ...DeskShift } } }`,
  [actionPart, deskShift],
);

/** A shift on its task's desk, with a link to its people; it can be changed here. */
export function DeskShift({ shift: of, reread }: { shift: FragmentOf<typeof deskShift>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const cancel = useAct(cancelMutation);
  const [editing, setEditing] = useState(false);
  const shift = readFragment(deskShift, of);
  const actions = usable(shift.availableActions);
  const people = shift.seats.taken + shift.waiting;
  return (
    <li className={look.shift} data-cancelled={shift.state === 'CANCELLED' || undefined} id={shift.id}>
      <Day at={shift.startsAt} />
      <div className={look.what}>
        <h3>{format.times(shift.startsAt, shift.endsAt)}</h3>
        {shift.place && <p>{shift.place}</p>}
        {shift.state === 'CANCELLED' ? <p>{t('shift.cancelled', { reason: shift.cancelReason })}</p> : <Seats of={shift.seats} />}
        {shift.waiting > 0 && <p>{t('shift.waiting', { count: shift.waiting })}</p>}
        <ButtonLink to={pathOf('shiftDesk', shift.id)}>{t('lead.shift.people', { count: people })}</ButtonLink>
        {!editing && (
          <div className={look.moves}>
            <ActionButton kind="quiet" action="UPDATE_SHIFT" of={actions} onAct={() => setEditing(true)} />
            <Reasoned
              action="CANCEL_SHIFT"
              id={shift.id}
              of={actions}
              hint={t('lead.task.cancelHint')}
              busy={cancel.busy}
              refusal={cancel.refusal}
              onAct={async (reason) => {
                const done = await cancel.act({ input: { id: shift.id, reason } });
                reread();
                return done;
              }}
            />
          </div>
        )}
      </div>
      {editing && <EditShift shift={shift} onDone={() => setEditing(false)} />}
    </li>
  );
}
