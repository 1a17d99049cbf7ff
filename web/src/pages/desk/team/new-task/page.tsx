import { useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../../../client/act';
import { useDraft } from '../../../../client/drafts';
import { graphql } from '../../../../graphql';
import { Back, Desk, LeadsOnly } from '../../../../modules/desk/guard';
import { firstShift, missingOf, nextShift, type ShiftDraft, shiftInput, type TaskDraft, taskInput } from '../../../../modules/task/draft';
import { ShiftFields, TaskFields } from '../../../../modules/task/fields';
import look from '../../../../modules/task/fields.module.css';
import { useFirstWrong, useWrong } from '../../../../modules/task/wrong';
import { actionPart } from '../../../../parts/action';
import { Button } from '../../../../parts/button';
import { Heading } from '../../../../parts/heading';
import { Notice, Refused } from '../../../../parts/notice';
import { useReason } from '../../../../parts/reason';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';

const newTaskQuery = graphql(
  `query NewTask($id: ID!) {
    viewer { id }
    team(id: $id) { id name centre { id district { id } } availableActions { ...ActionPart } }
    districts { id name }
    adultsOnlyWork
  }`,
  [actionPart],
);

const createMutation = graphql(`mutation CreateTask($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }`);
const openMutation = graphql(`mutation OpenNewTask($input: OpenTaskInput!) { openTask(input: $input) { task { id state } } }`);

/** Where a lead writes a task with its first shifts: on a phone, in two minutes. */
export default function NewTask() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: newTaskQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, team, districts, adultsOnlyWork }) =>
        team && (
          <>
            <Heading above={<Back to={pathOf('teamDesk', id)}>{team.name}</Back>} below={t('lead.post.below')}>{t('lead.post.title')}</Heading>
            <LeadsOnly viewer={viewer} action="CREATE_TASK" of={team.availableActions}>
              <PostForm teamId={id} districtId={team.centre.district.id} districts={districts} adultsOnly={adultsOnlyWork} />
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}

type Typed = { task: TaskDraft; shifts: ShiftDraft[]; saved?: string };
type Props = { teamId: string; districtId: string; districts: readonly { id: string; name: string }[]; adultsOnly: readonly string[] };

function PostForm({ teamId, districtId, districts, adultsOnly }: Props) {
  const { t, i18n } = useTranslation();
  const reason = useReason();
  const navigate = useNavigate();
  const create = useAct(createMutation);
  const open = useAct(openMutation);
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<string[]>([]);
  const [typed, keep, forget] = useDraft<Typed>(`new-task ${teamId}`, () => ({
    task: { title: '', description: '', language: i18n.language.toUpperCase(), districtId, place: '', point: '', workClass: 'STANDARD', minAge: '' },
    shifts: [firstShift()],
  }));
  const { task, shifts, saved } = typed;
  const wrong = [...missing, ...(create.refusal?.fields ?? [])];
  useFirstWrong(form, create.refusal, missing);

  /** Saves, and resolves to the draft's id; a draft that was saved before is reused if only the opening was refused. */
  const save = async () => {
    if (saved) return saved;
    const lacking = shifts.flatMap((shift, n) => missingOf(shift).map((field) => `shifts.${n}.${field}`));
    setMissing(lacking);
    if (lacking.length > 0) return undefined;
    const done = await create.act({ input: { teamId, districtId: task.districtId, ...taskInput(task), shifts: shifts.map(shiftInput) } });
    const id = done?.createTask.task.id;
    if (id) keep({ ...typed, saved: id });
    return id;
  };
  const leave = (id: string) => {
    forget();
    void navigate(pathOf('taskDesk', id), { replace: true });
  };
  const saveDraft = async () => {
    const id = await save();
    if (id) leave(id);
  };
  const publish = async () => {
    const id = await save();
    if (id && (await open.act({ input: { id } }))) leave(id);
  };
  const setShifts = (changed: ShiftDraft[]) => keep({ ...typed, shifts: changed });

  return (
    <form ref={form} className={look.form} noValidate onSubmit={(event) => { event.preventDefault(); void publish(); }}>
      <fieldset disabled={!!saved}>
        <TaskFields value={task} onChange={(changed) => keep({ ...typed, task: changed })} wrong={useWrong(wrong)} adultsOnly={adultsOnly} districts={districts} />
        <h2>{t('task.shifts')}</h2>
        {shifts.map((shift, n) => (
          <OneShift
            key={n}
            number={n}
            value={shift}
            fields={wrong}
            onChange={(changed) => setShifts(shifts.with(n, changed))}
            onRemove={shifts.length > 1 ? () => setShifts(shifts.toSpliced(n, 1)) : undefined}
          />
        ))}
        {shifts.length < 20 && <Button onClick={() => setShifts([...shifts, nextShift(shifts.at(-1)!)])}>{t('lead.post.oneMore')}</Button>}
      </fieldset>
      <Refused refusal={create.refusal} />
      {saved && (
        <Notice kind={open.refusal ? 'warn' : 'wait'}>
          {open.refusal ? t('lead.post.notOpened', { reason: reason(open.refusal.code) }) : t('lead.post.saved')} <Link to={pathOf('taskDesk', saved)} onClick={forget}>{t('lead.post.toTask')}</Link>
        </Notice>
      )}
      <div className={look.buttons}>
        <Button kind="main" type="submit" busy={create.busy || open.busy}>{t('lead.post.publish')}</Button>
        {!saved && <Button busy={create.busy} onClick={() => void saveDraft()}>{t('lead.post.draft')}</Button>}
      </div>
    </form>
  );
}

type OneProps = { number: number; value: ShiftDraft; fields: readonly string[]; onChange: (value: ShiftDraft) => void; onRemove?: () => void };

function OneShift({ number, value, fields, onChange, onRemove }: OneProps) {
  const { t } = useTranslation();
  const name = t('lead.post.shift', { number: number + 1 });
  return (
    <div className={look.one} role="group" aria-label={name}>
      <div className={look.head}>
        <h3>{name}</h3>
        {onRemove && <Button kind="quiet" onClick={onRemove}>{t('lead.post.remove')}</Button>}
      </div>
      <ShiftFields value={value} onChange={onChange} wrong={useWrong(fields, `shifts.${number}.`)} />
    </div>
  );
}
