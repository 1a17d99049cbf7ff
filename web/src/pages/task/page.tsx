import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { Section } from '../../parts/section';
import { Loaded } from '../../parts/states';
import { Brief, briefPart } from './brief';
import { factsPart, TaskFacts } from './facts';
import look from './page.module.css';
import { Progress, progressPart } from './progress';
import { useReread } from './reread';
import { Shifts, shiftsPart } from './shifts';

const taskQuery = graphql(
  `query Task($id: ID!) {
    task(id: $id) {
      id
      ...BriefPart
      ...FactsPart
      ...ProgressPart
      ...ShiftsPart
    }
  }`,
  [briefPart, factsPart, progressPart, shiftsPart],
);

const seatsQuery = graphql(`query TaskSeats($id: ID!) { task(id: $id) { id ...ShiftsPart } }`, [shiftsPart]);

export default function Task() {
  const { id = '' } = useParams();
  const query = useQuery({ query: taskQuery, variables: { id } });
  const reread = useReread(seatsQuery, { id }, 15);
  return (
    <Loaded query={query}>
      {({ task }) =>
        task && (
          <>
            <Brief task={task} />
            <div className={look.columns}>
              <div className={look.main}>
                <Section><Shifts task={task} reread={reread} /></Section>
                <Section><Progress task={task} /></Section>
              </div>
              <Section><TaskFacts task={task} /></Section>
            </div>
          </>
        )
      }
    </Loaded>
  );
}
