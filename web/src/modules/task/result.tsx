import { Link } from 'react-router';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Fact, Facts } from '../../parts/facts';
import { Textarea } from '../../parts/field';
import { Notice } from '../../parts/notice';
import { Panel } from '../../parts/panel';
import { Ways } from '../../parts/ways';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { PhotoRow, type photoRow } from '../photos/photo-row';
import look from './progress.module.css';

export const resultPart = graphql(
  `fragment TaskResultPart on Task {
    id state verifiedAt
    claim { id words noPhotoReason claimedAt results { metric amount } }
    sentBack { id verb words at }
    proposal { id title language }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const disputeMutation = graphql(
  `mutation DisputeResult($input: DisputeResultInput!) { disputeResult(input: $input) { task { id percent cancelReason ...TaskResultPart } } }`,
  [resultPart],
);

type Props = { task: FragmentOf<typeof resultPart>; photos: readonly (FragmentOf<typeof photoRow> & { id: string })[] };

/** The team's result and whether the centre has verified it, or why the work goes on; the proposer may dispute it. */
export function TaskResult({ task: of, photos }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const task = readFragment(resultPart, of);
  const { claim, sentBack, verifiedAt, proposal } = task;
  if (sentBack) {
    const back = { at: format.moment(sentBack.at), words: sentBack.words };
    return <Notice kind="wait">{sentBack.verb === 'DISPUTE_RESULT' ? t('lead.task.disputed', back) : t('lead.task.sentBack', back)}</Notice>;
  }
  if (!claim) return null;
  return (
    <Panel title={t('result.title')}>
      <p className={look.words}>{claim.words}</p>
      {claim.results.length > 0 && (
        <ul className={look.results}>
          {claim.results.map(({ metric, amount }) => <li key={metric}>{t(`Metric.${metric}`)}: <b>{format.number(amount)}</b></li>)}
        </ul>
      )}
      <PhotoRow photos={photos} subject={t('photos.done')} />
      <Facts>
        <Fact name={t('lead.claim.noPhoto')}>{claim.noPhotoReason}</Fact>
        <Fact name={t('result.claimedAt')}>{format.moment(claim.claimedAt)}</Fact>
        <Fact name={t('result.verifiedAt')}>{verifiedAt ? format.moment(verifiedAt) : t('result.notYet')}</Fact>
        <Fact name={t('result.proposal')}>{proposal && <Link to={pathOf('proposal', proposal.id)} lang={proposal.language.toLowerCase()}>{proposal.title}</Link>}</Fact>
      </Facts>
      <Dispute task={task} />
    </Panel>
  );
}

/** For the proposer, after the centre has verified the result; nothing for everybody else. */
function Dispute({ task: { id, state, availableActions } }: { task: ResultOf<typeof resultPart> }) {
  const { t } = useTranslation();
  const dispute = useAct(disputeMutation);
  const mine = availableActions.filter((part) => {
    const { action, reason } = readFragment(actionPart, part);
    return action === 'DISPUTE_RESULT' && reason !== 'UNAUTHENTICATED';
  });
  if (state !== 'VERIFIED') return null;
  const fields = <Textarea name="reason" label={t('result.wrong')} description={t('result.wrongHint')} rows={3} minLength={10} maxLength={1000} required />;
  const does = ({ reason = '' }: Record<string, string>) => dispute.act({ input: { id, reason } });
  return <Ways about={id} of={mine} ways={[{ ...dispute, action: 'DISPUTE_RESULT', does, fields }]} onDone={() => undefined} />;
}
