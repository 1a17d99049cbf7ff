import { Link } from 'react-router';
import { type Enum, type FragmentOf, graphql, readFragment, type ResultOf } from '../../graphql';
import { Panel } from '../../parts/panel';
import { Timeline } from '../../parts/timeline';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import look from './trail.module.css';

export const trailPart = graphql(`fragment TrailPart on Proposal {
  id overdue
  mergedInto { id title language }
  trail(first: 100) { nodes { id verb toState actingAs reasonCode words at next nextBy task { id title language } } }
}`);

type Step = ResultOf<typeof trailPart>['trail']['nodes'][number];
type Into = ResultOf<typeof trailPart>['mergedInto'];

const told = [
  ...(['SUBMIT_PROPOSAL', 'REVIEW_PROPOSAL', 'ASK_FOR_INFO', 'ANSWER_INFO', 'ACCEPT_PROPOSAL', 'DECLINE_PROPOSAL', 'WITHDRAW_PROPOSAL', 'REASSIGN_PROPOSAL', 'MERGE_PROPOSAL'] as const),
  ...(['ADOPT_PROPOSAL', 'OPEN_TASK', 'START_TASK', 'CLAIM_DONE', 'VERIFY_TASK', 'SEND_BACK', 'DISPUTE_RESULT', 'CANCEL_TASK'] as const),
] satisfies Enum<'Action'>[];

/**
 * Everything that happened to the proposal and to the tasks it became, latest first: what, in which role, when, why, and what
 * comes next.
 */
export function Trail({ proposal: of }: { proposal: FragmentOf<typeof trailPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { overdue, mergedInto, trail } = readFragment(trailPart, of);
  const last = trail.nodes.at(-1);
  return (
    <Panel title={t('proposal.trail')}>
      <Timeline
        steps={trail.nodes.toReversed().map((step) => ({
          id: step.id,
          when: dotted(format.moment(step.at), t(`ActingAs.${step.actingAs}`)),
          what: (
            <>
              <Done step={step} into={mergedInto} />
              {step.next !== 'NOTHING' && <Next step={step} latest={step === last} overdue={step === last && overdue} />}
            </>
          ),
        }))}
      />
    </Panel>
  );
}

/** What was done, and why. */
function Done({ step: { verb, toState, reasonCode, words, task }, into }: { step: Step; into: Into }) {
  const { t } = useTranslation();
  const known = told.find((one) => one === verb);
  const state = task ? t(`TaskState.${toState as Enum<'TaskState'>}`) : t(`ProposalState.${toState as Enum<'ProposalState'>}`);
  return (
    <>
      <p><b>{known ? t(`trail.did.${known}`) : state}</b></p>
      {reasonCode && <p>{t(`DeclineReason.${reasonCode as Enum<'DeclineReason'>}`)}</p>}
      {words && <p className={look.words}>{words}</p>}
      {verb === 'MERGE_PROPOSAL' && into && <p lang={into.language.toLowerCase()}><Link to={pathOf('proposal', into.id)}>{into.title}</Link></p>}
      {verb === 'OPEN_TASK' && task && <p lang={task.language.toLowerCase()}><Link to={pathOf('task', task.id)}>{task.title}</Link></p>}
    </>
  );
}

/** What was to come next; for the latest step, by when. */
function Next({ step: { next, nextBy }, latest, overdue }: { step: Step; latest: boolean; overdue: boolean }) {
  const { t } = useTranslation();
  const format = useFormats();
  const over = nextBy !== null && Date.parse(nextBy) < Date.now();
  const by = nextBy && (next === 'WORK_BEGINS' ? format.moment(nextBy) : t('trail.by', { date: format.date(nextBy) }));
  return (
    <p className={look.next} data-latest={latest || undefined} data-late={overdue || undefined}>
      {dotted(t('trail.next', { step: t(`NextStep.${next}`) }), by, (overdue || over) && t('trail.over'))}
    </p>
  );
}
