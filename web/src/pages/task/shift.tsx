import { useState } from 'react';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { MySignup, mySignupPart } from '../../modules/signup/my-signup';
import { Seats, seatsPart } from '../../modules/task/seats';
import { ActionButton, actionPart } from '../../parts/action';
import { Day } from '../../parts/day';
import { Notice, Refused } from '../../parts/notice';
import { useReason } from '../../parts/reason';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './shift.module.css';

export const shiftPart = graphql(
  `fragment ShiftPart on Shift {
    id startsAt endsAt place state cancelReason waiting
    seats { free ...SeatsPart }
    mySignup { id ...MySignupPart }
    availableActions { ...ActionPart }
  }`,
  [seatsPart, mySignupPart, actionPart],
);

/** The answer includes what signing up for one shift changes for the others, such as a clash. */
const signUpMutation = graphql(
  `mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) { signup { id state shift { id task { id shifts(first: 20) { nodes { id startsAt ...ShiftPart } } } } } }
  }`,
  [shiftPart],
);

/** A shift on the task's page: when and where, the seats, and my sign-up. */
export function ShiftRow({ shift: of, reread }: { shift: FragmentOf<typeof shiftPart>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const reason = useReason();
  const { act, busy, refusal } = useAct(signUpMutation);
  const [filled, setFilled] = useState(false);
  const shift = readFragment(shiftPart, of);
  const begun = new Date(shift.startsAt) <= new Date();
  const full = shift.seats.free === 0 || shift.waiting > 0;

  const signUp = async () => {
    const done = await act({ input: { shiftId: shift.id } });
    if (done) setFilled(!full && done.signUp.signup.state === 'WAITLISTED');
    else reread();
  };

  return (
    <li className={look.shift} data-cancelled={shift.state === 'CANCELLED' || undefined} id={shift.id}>
      <Day at={shift.startsAt} />
      <div className={look.what}>
        <h3>{format.times(shift.startsAt, shift.endsAt)}</h3>
        {shift.place && <p>{shift.place}</p>}
        {shift.state === 'CANCELLED' ? (
          <p>{t('shift.cancelled', { reason: shift.cancelReason })}</p>
        ) : (
          <>
            {!begun && <Seats of={shift.seats} />}
            {!begun && shift.waiting > 0 && <p>{t('shift.waiting', { count: shift.waiting })}</p>}
            {shift.mySignup ? (
              <MySignup signup={shift.mySignup} shiftId={shift.id} reread={reread} />
            ) : begun ? (
              <p>{reason('SIGNUP_CLOSED')}</p>
            ) : (
              <ActionButton kind="main" action="SIGN_UP" of={shift.availableActions} busy={busy} onAct={() => void signUp()} label={full ? t('shift.join') : undefined} />
            )}
            {filled && shift.waiting > 0 && <Notice kind="wait">{t('shift.filled')}</Notice>}
            <Refused refusal={refusal} />
          </>
        )}
      </div>
    </li>
  );
}
