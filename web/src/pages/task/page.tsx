import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { refusalOf } from '../../client/refusal';
import { graphql } from '../../graphql';
import { ButtonLink } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Loaded, State } from '../../parts/states';
import { paths } from '../paths';
import { Brief, briefPart } from './brief';
import { Facts, factsPart } from './facts';
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
  const [result, again] = useQuery({ query: taskQuery, variables: { id } });
  const reread = useReread(seatsQuery, { id }, 15);
  if (result.error && ['NOT_FOUND', 'INVALID'].includes(refusalOf(result.error).code)) return <Gone />;
  return (
    <Loaded result={result} retry={() => again({ requestPolicy: 'network-only' })}>
      {({ task }) =>
        task && (
          <>
            <Brief task={task} />
            <div className={look.columns}>
              <div className={look.main}>
                <Shifts task={task} reread={reread} />
                <Progress task={task} />
              </div>
              <Facts task={task} />
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
