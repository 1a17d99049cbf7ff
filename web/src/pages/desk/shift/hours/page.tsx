import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import { Back, Desk, LeadsOnly } from '../../../../modules/desk/guard';
import { Answers } from '../../../../modules/hours/answers';
import { hoursPart } from '../../../../modules/hours/row';
import { actionPart } from '../../../../parts/action';
import { Heading } from '../../../../parts/heading';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { dotted } from '../../../../words/dotted';

const shiftHoursQuery = graphql(
  `query ShiftHours($id: ID!) {
    viewer { id }
    shift(id: $id) {
      id startsAt endsAt
      task { id title }
      availableActions { ...ActionPart }
      worked: signups(filter: {states: [COMPLETED]}, first: 100) { nodes { id hours { id ...HoursPart } } }
    }
  }`,
  [actionPart, hoursPart],
);

/** The hours of everybody on a shift, including those that have a verdict. */
export default function ShiftHours() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const query = useQuery({ query: shiftHoursQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, shift }, reread) =>
        shift && (
          <>
            <Heading
              above={<Back to={pathOf('shiftDesk', id)}>{t('record.screen.back')}</Back>}
              below={dotted(shift.task.title, format.day(shift.startsAt), format.times(shift.startsAt, shift.endsAt))}
            >
              {t('record.answer.title')}
            </Heading>
            <LeadsOnly viewer={viewer} action="UPDATE_SHIFT" of={shift.availableActions}>
              <Answers hours={(shift.worked?.nodes ?? []).flatMap(({ hours }) => hours ?? [])} reread={reread} />
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}
