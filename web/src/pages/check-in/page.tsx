import { Link, useLocation, useParams } from 'react-router';
import { useQuery } from 'urql';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import CheckInForm from '../../modules/signup/check-in';
import { actionPart } from '../../parts/action';
import { ButtonLink } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { useReason } from '../../parts/reason';
import { SignInFirst } from '../../parts/sign-in-first';
import { Loaded, State } from '../../parts/states';
import { pathOf, paths } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';

const checkInQuery = graphql(
  `query CheckInPage($id: ID!) {
    viewer { id }
    shift(id: $id) {
      id startsAt endsAt checkInFrom state place
      task { id title language place }
      mySignup { id state checkedInAt availableActions { ...ActionPart } }
    }
  }`,
  [actionPart],
);

/** The page of the QR code on the lead's screen: the code is filled in, and one tap checks the person in. */
export default function CheckIn() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const query = useQuery({ query: checkInQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ viewer, shift }) => {
        if (!viewer) return <SignInFirst />;
        if (!shift) return null;
        const when = [format.day(shift.startsAt), format.times(shift.startsAt, shift.endsAt)].join(', ');
        const { mySignup } = shift;
        return (
          <>
            <Heading above={<Link to={pathOf('task', shift.task.id)} lang={shift.task.language.toLowerCase()}>{shift.task.title}</Link>} below={dotted(when, shift.place ?? shift.task.place)}>
              {t('record.checkIn.title')}
            </Heading>
            {mySignup ? <Mine shift={shift} signup={mySignup} /> : (
              <State title={t('Code.NOT_SIGNED_UP')} text={t('record.checkIn.notMine')}>
                <ButtonLink to={pathOf('task', shift.task.id)}>{t('record.checkIn.toTask')}</ButtonLink>
              </State>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

type Props = {
  shift: { id: string; checkInFrom: string };
  signup: { state: string; checkedInAt: string | null; availableActions: readonly FragmentOf<typeof actionPart>[] };
};

function Mine({ shift, signup: { state, checkedInAt, availableActions } }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const reason = useReason();
  const { hash } = useLocation();
  if ((state === 'CHECKED_IN' || state === 'COMPLETED') && checkedInAt) {
    return (
      <>
        <Notice kind="done">{t('record.checkIn.done', { at: format.time(checkedInAt) })}</Notice>
        <div><ButtonLink to={paths.me}>{t('record.checkIn.toMe')}</ButtonLink></div>
      </>
    );
  }
  const action = availableActions.map((part) => readFragment(actionPart, part)).find((part) => part.action === 'CHECK_IN_WITH_CODE');
  if (action?.allowed) return <CheckInForm shiftId={shift.id} code={decodeURIComponent(hash.slice(1))} />;
  const early = action?.reason === 'TOO_EARLY';
  return (
    <Notice kind="wait">
      {early ? t('record.checkIn.early', { at: format.moment(shift.checkInFrom) }) : action?.reason === 'TOO_LATE' ? reason('TOO_LATE') : t('record.checkIn.noSeat')}
    </Notice>
  );
}
