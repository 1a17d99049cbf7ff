import { useEffect } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { useLive } from '../../client/live';
import { useReread } from '../../client/reread';
import { graphql } from '../../graphql';
import { photosOfResult, Progress, progressPart } from '../../modules/task/progress';
import { resultPart, TaskResult } from '../../modules/task/result';
import { Section } from '../../parts/section';
import { Loaded } from '../../parts/states';
import { Brief, briefPart } from './brief';
import { factsPart, TaskFacts } from './facts';
import look from './page.module.css';
import { Shifts, shiftsPart, waits } from './shifts';

const taskQuery = graphql(
  `query Task($id: ID!) {
    task(id: $id) {
      id
      ...BriefPart
      ...FactsPart
      claim { id }
      ...ProgressPart
      ...TaskResultPart
      ...ShiftsPart
    }
  }`,
  [briefPart, factsPart, progressPart, resultPart, shiftsPart],
);

const seatsQuery = graphql(`query TaskSeats($id: ID!) { task(id: $id) { id ...ShiftsPart } }`, [shiftsPart]);

const liveSubscription = graphql(
  `subscription TaskSeatsLive($id: ID!) { shiftSeats(taskId: $id) { id state startsAt endsAt place cancelReason waiting seats { capacity taken free } } }`,
);

export default function Task() {
  const { id = '' } = useParams();
  const query = useQuery({ query: taskQuery, variables: { id } });
  const { task } = query[0].data ?? {};
  const { alive, data: live } = useLive(liveSubscription, { id }, Boolean(task));
  const inLine = task && waits(task);
  // Seats come through the stream; positions on waiting lists, and offers, are read again if somebody has one.
  const reread = useReread(seatsQuery, { id }, alive ? undefined : 15);
  useEffect(() => {
    if (live && inLine) reread();
  }, [live, inLine, reread]);
  return (
    <Loaded query={query}>
      {({ task }) =>
        task && (
          <>
            <Brief task={task} />
            <div className={look.columns}>
              <div className={look.main}>
                <Section><TaskResult task={task} photos={photosOfResult(task)} /></Section>
                <Section><Shifts task={task} reread={reread} /></Section>
                <Section><Progress task={task} result={task.claim !== null} /></Section>
              </div>
              <Section><TaskFacts task={task} /></Section>
            </div>
          </>
        )
      }
    </Loaded>
  );
}
