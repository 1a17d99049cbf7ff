import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Back, Desk, LeadsOnly } from '../../../modules/desk/guard';
import { isDue } from '../../../modules/signup/is-due';
import { Seats, seatsPart } from '../../../modules/task/seats';
import { actionPart } from '../../../parts/action';
import { Button, ButtonLink } from '../../../parts/button';
import { Heading } from '../../../parts/heading';
import { Notice } from '../../../parts/notice';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import { Attendance, presencePart } from './attendance';
import look from './page.module.css';

const shiftDeskQuery = graphql(
  `query ShiftDesk($id: ID!, $after: String) {
    viewer { id }
    shift(id: $id) {
      id startsAt endsAt checkInFrom checkInUntil place state cancelReason waiting
      seats { ...SeatsPart }
      task { id title place team { id name } }
      availableActions { ...ActionPart }
      signups(first: 100, after: $after) { nodes { id ...PresencePart } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [seatsPart, actionPart, presencePart],
);

/** Everybody on a shift, in every state: the page that a lead holds in one hand at the site. */
export default function ShiftDesk() {
  const { t, i18n } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const [after, setAfter] = useState<string | null>();
  const query = useQuery({ query: shiftDeskQuery, variables: { id, after } });
  return (
    <Desk query={query}>
      {({ viewer, shift }, reread) =>
        shift && (
          <>
            <Heading
              above={<Back to={pathOf('taskDesk', shift.task.id)}>{shift.task.title}</Back>}
              below={dotted(format.times(shift.startsAt, shift.endsAt), shift.place ?? shift.task.place)}
            >
              {format.day(shift.startsAt).replace(/^./, (letter) => letter.toLocaleUpperCase(i18n.language))}
            </Heading>
            <LeadsOnly viewer={viewer} action="UPDATE_SHIFT" of={shift.availableActions}>
              {shift.state === 'CANCELLED' ? <Notice kind="warn">{t('shift.cancelled', { reason: shift.cancelReason })}</Notice> : <Seats of={shift.seats} />}
              <div className={look.ways}>
                {shift.state === 'PLANNED' && isDue(shift) && <ButtonLink to={pathOf('checkInScreen', id)}>{t('record.screen.open')}</ButtonLink>}
                {(isDue(shift) || Date.parse(shift.startsAt) < Date.now()) && <ButtonLink to={pathOf('shiftHours', id)}>{t('record.answer.title')}</ButtonLink>}
              </div>
              <Attendance teamId={shift.task.team.id} startsAt={shift.startsAt} signups={shift.signups?.nodes ?? []} reread={reread} />
              {shift.signups?.pageInfo.hasNextPage && <Button onClick={() => setAfter(shift.signups?.pageInfo.endCursor)}>{t('tasks.more')}</Button>}
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}
