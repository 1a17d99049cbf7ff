import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { refusalOf } from '../../client/refusal';
import { graphql } from '../../graphql';
import { ButtonLink } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Panel } from '../../parts/panel';
import { Loaded, State } from '../../parts/states';
import { paths } from '../paths';
import { About, aboutPart } from './about';
import look from './page.module.css';
import { Progress, progressPart } from './progress';
import { useReread } from './reread';
import { ShiftRow, shiftPart } from './shift';

const taskQuery = graphql(
  `query Task($id: ID!) {
    task(id: $id) {
      id title language state
      ...AboutPart
      ...ProgressPart
      shifts(first: 20) { nodes { id ...ShiftPart } }
    }
  }`,
  [aboutPart, progressPart, shiftPart],
);

const seatsQuery = graphql(`query TaskSeats($id: ID!) { task(id: $id) { id shifts(first: 20) { nodes { id ...ShiftPart } } } }`, [shiftPart]);

export default function Task() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [result, again] = useQuery({ query: taskQuery, variables: { id } });
  const reread = useReread(seatsQuery, { id }, 15);
  if (result.error && ['NOT_FOUND', 'INVALID'].includes(refusalOf(result.error).code)) return <Gone />;
  return (
    <Loaded result={result} retry={() => again({ requestPolicy: 'network-only' })}>
      {({ task }) =>
        task && (
          <>
            <Heading above={<span>{t(`TaskState.${task.state}`)}</span>}>{task.title}</Heading>
            <div className={look.columns}>
              <div className={look.main}>
                <Panel title={t('task.shifts')}>
                  <ul className={look.shifts}>
                    {task.shifts.nodes.map((shift) => <ShiftRow key={shift.id} shift={shift} reread={reread} />)}
                  </ul>
                </Panel>
                <Progress task={task} />
              </div>
              <About task={task} />
            </div>
          </>
        )
      }
    </Loaded>
  );
}

function Gone() {
  const { t } = useTranslation();
  return (
    <>
      <Heading>{t('task.gone')}</Heading>
      <State title={t('task.goneTitle')} text={t('task.goneText')}>
        <ButtonLink to={paths.tasks}>{t('task.others')}</ButtonLink>
      </State>
    </>
  );
}
