import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../../../client/act';
import { graphql } from '../../../../graphql';
import look from '../../../../modules/desk/centre/centre.module.css';
import { actionPart } from '../../../../parts/action';
import { Textarea } from '../../../../parts/field';
import { Opened } from '../../../../parts/opened';
import { Loaded } from '../../../../parts/states';
import { type Way, Ways } from '../../../../parts/ways';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { Claim, claimPart } from './claim';

const resultQuery = graphql(
  `query CentreResult($id: ID!) {
    task(id: $id) {
      id title language state percent
      team { id name }
      availableActions { ...ActionPart }
      ...ClaimPart
    }
  }`,
  [actionPart, claimPart],
);

const verifyMutation = graphql(`mutation VerifyTask($input: VerifyTaskInput!) { verifyTask(input: $input) { task { id state } } }`);
const sendBackMutation = graphql(`mutation SendBack($input: SendBackInput!) { sendBack(input: $input) { task { id state } } }`);

/** A claim, and the centre's answer: it is done, or what is missing. */
export function OpenResult({ id, onAnswered }: { id: string; onAnswered: () => void }) {
  const { t } = useTranslation();
  const ways = useWays(id);
  const query = useQuery({ query: resultQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ task }, reread) =>
        task && (
          <Opened
            title={task.title}
            lang={task.language}
            above={<><span>{t(`TaskState.${task.state}`)}</span><span>{t('progress.done', { percent: task.percent })}</span></>}
          >
            <p className={look.links}>
              <Link to={pathOf('team', task.team.id)}>{task.team.name}</Link>
              <Link to={pathOf('task', task.id)}>{t('centreDesk.asOthers')}</Link>
            </p>
            <Claim task={task} />
            <Ways about={id} of={task.availableActions} ways={ways} onDone={(done) => (done ? onAnswered() : reread())} />
          </Opened>
        )
      }
    </Loaded>
  );
}

function useWays(id: string): Way[] {
  const { t } = useTranslation();
  const verify = useAct(verifyMutation);
  const sendBack = useAct(sendBackMutation);
  return [
    {
      ...verify,
      action: 'VERIFY_TASK',
      kind: 'main',
      does: ({ words }) => verify.act({ input: { id, words: words || undefined } }),
      fields: <Textarea name="words" label={t('claim.thanks')} description={t('claim.thanksHint')} rows={2} maxLength={1000} />,
    },
    {
      ...sendBack,
      action: 'SEND_BACK',
      does: ({ reason = '' }) => sendBack.act({ input: { id, reason } }),
      fields: <Textarea name="reason" label={t('claim.missing')} description={t('claim.missingHint')} rows={3} minLength={3} maxLength={1000} required />,
    },
  ];
}
