import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { useAct } from '../../../client/act';
import { useDraft } from '../../../client/drafts';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { type TaskDraft, taskDraft, taskInput } from '../../../modules/task/draft';
import { TaskFields } from '../../../modules/task/fields';
import look from '../../../modules/task/fields.module.css';
import { useFirstWrong, useWrong } from '../../../modules/task/wrong';
import { ActionButton, actionPart } from '../../../parts/action';
import { Button } from '../../../parts/button';
import { Notice, Refused } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { differing, merge } from './merge';

export const editPart = graphql(`fragment EditPart on Task { id title description language place point { lat lon } workClass minAge state updatedAt district { id } }`);

const readQuery = graphql(`query ReadTask($id: ID!) { task(id: $id) { id ...EditPart } }`, [editPart]);
const updateMutation = graphql(
  `mutation UpdateTask($input: UpdateTaskInput!) { updateTask(input: $input) { task { id ...EditPart availableActions { ...ActionPart } } } }`,
  [editPart, actionPart],
);

/** The fields whose values are people's words. */
const texts: readonly string[] = ['title', 'description', 'place'];

type Props = { task: FragmentOf<typeof editPart>; adultsOnly: readonly string[] };

/** Changes the texts of a task. */
export function EditTask({ of, ...rest }: Props & { of: readonly FragmentOf<typeof actionPart>[] }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  if (!editing) return <div><ActionButton action="UPDATE_TASK" of={of} onAct={() => setEditing(true)} /></div>;
  return (
    <Panel title={t('Action.UPDATE_TASK')}>
      <EditForm {...rest} onDone={() => setEditing(false)} />
    </Panel>
  );
}

function EditForm({ task: of, adultsOnly, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { act, busy, refusal } = useAct(updateMutation);
  const task = readFragment(editPart, of);
  const form = useRef<HTMLFormElement>(null);
  const [{ opened, typed }, keep, forget] = useDraft(`edit-task ${task.id}`, () => ({ opened: taskDraft(task), typed: taskDraft(task) }));
  const [clashes, setClashes] = useState<string[]>([]);
  useFirstWrong(form, refusal);
  const names = {
    ...{ title: t('lead.task.title'), description: t('lead.task.description'), place: t('lead.task.place'), point: t('lead.task.pointSet') },
    ...{ language: t('propose.language'), districtId: t('propose.district'), workClass: t('task.work'), minAge: t('task.age') },
  } satisfies Record<keyof TaskDraft, string>;

  const leave = () => {
    forget();
    onDone();
  };

  /** What others have changed in the meantime is shown before it is overwritten. */
  const save = async () => {
    const { data } = await client.query(readQuery, { id: task.id }, { requestPolicy: 'network-only' }).toPromise();
    const now = data?.task ? taskDraft(readFragment(editPart, data.task)) : opened;
    const { merged, clashes: found } = merge(opened, now, typed);
    keep({ opened: now, typed: merged });
    setClashes(found.map((field) => [names[field], texts.includes(field) && now[field]].filter(Boolean).join(': ')));
    if (found.length > 0) return;
    const changed = differing(merged, now);
    const input = Object.fromEntries(Object.entries(taskInput(merged)).filter(([field]) => changed.some((one) => one === field)));
    if (changed.length === 0 || (await act({ input: { id: task.id, ...input } }))) leave();
  };

  return (
    <form ref={form} className={look.form} noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <TaskFields value={typed} onChange={(changed) => keep({ opened, typed: changed })} wrong={useWrong(refusal?.fields ?? [])} adultsOnly={adultsOnly} published={task.state !== 'DRAFT'} />
      <Clashes with={clashes} />
      <Refused refusal={refusal} />
      <div className={look.buttons}>
        <Button kind="main" type="submit" busy={busy}>{t('lead.save')}</Button>
        <Button onClick={leave}>{t('lead.leave')}</Button>
      </div>
    </form>
  );
}

/** What somebody else has changed in the meantime in fields that the person has changed too. */
export function Clashes({ with: theirs }: { with: readonly string[] }) {
  const { t } = useTranslation();
  if (theirs.length === 0) return null;
  return (
    <Notice kind="warn">
      <p>{t('lead.clash')}</p>
      {theirs.map((one) => <p key={one}>{one}</p>)}
    </Notice>
  );
}
