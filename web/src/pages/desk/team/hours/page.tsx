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

const teamHoursQuery = graphql(
  `query TeamHours($id: ID!) {
    viewer { id }
    team(id: $id) { id name availableActions { ...ActionPart } hours(filter: {states: [PENDING]}, first: 50) { totalCount nodes { id ...HoursPart } } }
  }`,
  [actionPart, hoursPart],
);

/** The hours of a team's people that wait for its leads, oldest first. */
export default function TeamHours() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: teamHoursQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, team }, reread) =>
        team && (
          <>
            <Heading above={<Back to={pathOf('teamDesk', id)}>{team.name}</Back>} below={t('record.answer.below')}>{t('record.answer.title')}</Heading>
            <LeadsOnly viewer={viewer} action="CREATE_TASK" of={team.availableActions}>
              <Answers hours={team.hours?.nodes ?? []} total={team.hours?.totalCount} reread={reread} />
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}
