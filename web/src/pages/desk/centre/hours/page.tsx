import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import { Frame, framePart } from '../../../../modules/desk/centre/frame';
import { Desk } from '../../../../modules/desk/guard';
import { Answers } from '../../../../modules/hours/answers';
import { hoursPart } from '../../../../modules/hours/row';
import { useTranslation } from '../../../../words';

const centreHoursQuery = graphql(
  `query CentreHours($id: ID!) {
    viewer { id ...FramePart }
    centre(id: $id) { id name workedHours(filter: {states: [PENDING]}, first: 50) { totalCount nodes { id ...HoursPart } } }
  }`,
  [framePart, hoursPart],
);

/** The hours worked on a centre's tasks that have no verdict yet, oldest first. */
export default function CentreHours() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: centreHoursQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, centre }, reread) =>
        centre && (
          <Frame viewer={viewer} centre={centre} title={t('record.answer.title')} below={t('record.answer.below')}>
            <Answers hours={centre.workedHours?.nodes ?? []} total={centre.workedHours?.totalCount} reread={reread} />
          </Frame>
        )
      }
    </Desk>
  );
}
