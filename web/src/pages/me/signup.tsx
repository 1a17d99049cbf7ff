import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { MySignup, mySignupPart } from '../../modules/signup/my-signup';
import { Day } from '../../parts/day';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import look from './signup.module.css';

export const signupRow = graphql(
  `fragment SignupRow on Signup {
    id state ...MySignupPart
    shift { id startsAt endsAt place task { id title language place district { id name } } }
  }`,
  [mySignupPart],
);

/** One of my sign-ups: when, what, where, and what I may do. */
export function SignupRow({ signup: of, reread }: { signup: FragmentOf<typeof signupRow>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const signup = readFragment(signupRow, of);
  const { shift } = signup;
  if (!shift) return <li className={look.signup}>{t('me.hiddenShift')}</li>;
  return (
    <li className={look.signup}>
      <Day at={shift.startsAt} />
      <div className={look.what}>
        <h3 lang={shift.task.language.toLowerCase()}>
          <Link to={pathOf('task', shift.task.id)}>{shift.task.title}</Link>
        </h3>
        <p>
          {dotted(format.times(shift.startsAt, shift.endsAt), shift.place ?? shift.task.place ?? shift.task.district.name)}
        </p>
        <MySignup signup={signup} shiftId={shift.id} reread={reread} />
      </div>
    </li>
  );
}
