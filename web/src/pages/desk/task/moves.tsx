import { useAct } from '../../../client/act';
import { type FragmentOf, graphql } from '../../../graphql';
import { Reasoned } from '../../../modules/desk/reasoned';
import { ActionButton, actionPart } from '../../../parts/action';
import { Refused } from '../../../parts/notice';
import { useTranslation } from '../../../words';
import look from './page.module.css';

/** What a move changes: the task, its next actions, and its shifts. */
const movedPart = graphql(
  `fragment MovedPart on Task {
    id state cancelReason nextShiftAt sentBack { id verb words at }
    availableActions { ...ActionPart }
    shifts(first: 50) { nodes { id state cancelReason availableActions { ...ActionPart } } }
  }`,
  [actionPart],
);

const openMutation = graphql(`mutation OpenTask($input: OpenTaskInput!) { openTask(input: $input) { task { id ...MovedPart } } }`, [movedPart]);
const startMutation = graphql(`mutation StartTask($input: StartTaskInput!) { startTask(input: $input) { task { id ...MovedPart } } }`, [movedPart]);
const cancelMutation = graphql(`mutation CancelTask($input: CancelTaskInput!) { cancelTask(input: $input) { task { id ...MovedPart } } }`, [movedPart]);

/** The moves of a task: publishing, starting, cancelling. */
export function TaskMoves({ id, of }: { id: string; of: readonly FragmentOf<typeof actionPart>[] }) {
  const { t } = useTranslation();
  const open = useAct(openMutation);
  const start = useAct(startMutation);
  const cancel = useAct(cancelMutation);
  return (
    <>
      <div className={look.moves}>
        <ActionButton kind="main" action="OPEN_TASK" of={of} busy={open.busy} onAct={() => void open.act({ input: { id } })} />
        <ActionButton action="START_TASK" of={of} busy={start.busy} onAct={() => void start.act({ input: { id } })} />
        <Reasoned action="CANCEL_TASK" id={id} of={of} hint={t('lead.task.cancelHint')} busy={cancel.busy} refusal={cancel.refusal} onAct={(reason) => cancel.act({ input: { id, reason } })} />
      </div>
      <Refused refusal={open.refusal ?? start.refusal} />
    </>
  );
}
