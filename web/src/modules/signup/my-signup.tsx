import { Suspense } from 'react';
import { useAct } from '../../client/act';
import { lazy } from '../../client/lazy';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Countdown } from '../../parts/countdown';
import { Refused } from '../../parts/notice';
import { useTranslation } from '../../words';
import { seatsPart } from '../task/seats';
import look from './my-signup.module.css';

const CheckInForm = lazy(() => import('./check-in'));

export const mySignupPart = graphql(
  `fragment MySignupPart on Signup { id state position offerExpiresAt availableActions { ...ActionPart } }`,
  [actionPart],
);

/** What the answer to a change of my sign-up contains: the sign-up, and the shift it is for. */
const changedPart = graphql(
  `fragment ChangedPart on Signup {
    id ...MySignupPart
    shift { id waiting seats { free ...SeatsPart } mySignup { id } availableActions { ...ActionPart } }
  }`,
  [mySignupPart, seatsPart, actionPart],
);

const cancelMutation = graphql(`mutation CancelSignup($input: CancelSignupInput!) { cancelSignup(input: $input) { signup { id ...ChangedPart } } }`, [changedPart]);
const acceptMutation = graphql(`mutation AcceptOffer($input: AcceptOfferInput!) { acceptOffer(input: $input) { signup { id ...ChangedPart } } }`, [changedPart]);
const declineMutation = graphql(`mutation DeclineOffer($input: DeclineOfferInput!) { declineOffer(input: $input) { signup { id ...ChangedPart } } }`, [changedPart]);

type Props = { signup: FragmentOf<typeof mySignupPart>; shiftId: string; reread: () => void };

/** The state of my sign-up, until when an offer is valid, and what I may do; when it is time, the code to check in. */
export function MySignup({ signup: of, shiftId, reread }: Props) {
  const { t } = useTranslation();
  const signup = readFragment(mySignupPart, of);
  const cancel = useAct(cancelMutation);
  const accept = useAct(acceptMutation);
  const decline = useAct(declineMutation);

  const doing = (change: { act: (variables: { input: { id: string } }) => Promise<unknown> }) => async () => {
    await change.act({ input: { id: signup.id } });
    reread();
  };

  return (
    <div className={look.mine} data-state={signup.state}>
      <p className={look.state} role="status">
        {signup.position ? t('signup.position', { position: signup.position }) : t(`SignupState.${signup.state}`)}
        {signup.offerExpiresAt && <Countdown until={signup.offerExpiresAt} onOver={reread} />}
      </p>
      {mayCheckIn(of) && <Suspense fallback={null}><CheckInForm shiftId={shiftId} /></Suspense>}
      <div className={look.actions}>
        {(signup.state === 'OFFERED' || signup.state === 'WAITLISTED') && (
          <ActionButton kind="main" action="ACCEPT_OFFER" of={usable(signup.availableActions, signup.state)} busy={accept.busy} onAct={() => void doing(accept)()} />
        )}
        {signup.state === 'OFFERED' && <ActionButton action="DECLINE_OFFER" label={t('team.decline')} of={signup.availableActions} busy={decline.busy} onAct={() => void doing(decline)()} />}
        {signup.state !== 'OFFERED' && <ActionButton kind="quiet" action="CANCEL_SIGNUP" of={usable(signup.availableActions, signup.state)} busy={cancel.busy} onAct={() => void doing(cancel)()} />}
      </div>
      <Refused refusal={accept.refusal ?? decline.refusal ?? cancel.refusal} />
    </div>
  );
}

/** Whether the person can check in now. */
export const mayCheckIn = (signup: FragmentOf<typeof mySignupPart>) =>
  readFragment(mySignupPart, signup).availableActions.some((part) => readFragment(actionPart, part).action === 'CHECK_IN_WITH_CODE' && readFragment(actionPart, part).allowed);

/** While the person waits or the shift runs, actions that are not possible yet are left out. */
function usable(actions: readonly FragmentOf<typeof actionPart>[], state: string) {
  return state === 'OFFERED' ? actions : actions.filter((part) => readFragment(actionPart, part).allowed);
}
