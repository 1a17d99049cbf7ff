import { useState } from 'react';
import { useAct } from '../../client/act';
import type { Outcome } from '../../client/acts';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { Button } from '../../parts/button';
import { Refused } from '../../parts/notice';
import { Panel } from '../../parts/panel';
import { useReason } from '../../parts/reason';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import { Bar, Summary } from '../desk/bar';
import { useChoice } from '../desk/choice';
import { ChoiceRow } from '../desk/row';
import look from '../desk/row.module.css';
import { type Hours, hoursPart, notMine, withAnswered } from './row';
import { type Verdict, VerdictForm } from './verdict';

const approveMutation = graphql(`mutation ApproveHours($input: ApproveHoursInput!) { approveHours(input: $input) { results { id code hours { id ...HoursPart } } } }`, [hoursPart]);
const adjustMutation = graphql(`mutation AdjustHours($input: AdjustHoursInput!) { adjustHours(input: $input) { results { id code hours { id ...HoursPart } } } }`, [hoursPart]);
const rejectMutation = graphql(`mutation RejectHours($input: RejectHoursInput!) { rejectHours(input: $input) { results { id code hours { id ...HoursPart } } } }`, [hoursPart]);

type Result = { id: string; code: Enum<'Code'> | null; hours: FragmentOf<typeof hoursPart> | null };
type Props = {
  hours: readonly FragmentOf<typeof hoursPart>[];
  /** How many are waiting in all, if these are only the first of them. */
  total?: number;
  reread: () => void;
};

/** Hours that wait for a verdict, and below them those that have one, which can be changed for a while. */
export function Answers({ hours: of, total, reread }: Props) {
  const { t } = useTranslation();
  const { chosen, toggle, choose } = useChoice();
  const [asking, setAsking] = useState<Verdict>();
  const [answered, setAnswered] = useState<readonly Hours[]>([]);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const approve = useAct(approveMutation);
  const adjust = useAct(adjustMutation);
  const reject = useAct(rejectMutation);
  const busy = approve.busy || adjust.busy || reject.busy;

  const rows = withAnswered(of, answered);
  const waiting = rows.filter(({ state }) => state === 'PENDING');
  const over = rows.filter(({ state }) => state !== 'PENDING');
  const mine = waiting.filter((row) => !notMine(row)).slice(0, 100);
  const selected = rows.filter(({ id }) => chosen.has(id)).slice(0, 100);

  const told = (results?: readonly Result[]) => {
    if (!results) return;
    setOutcomes(new Map(results.map(({ id, code }) => [id, code ? { code, fields: [] } : 'done'])));
    const now = results.flatMap(({ hours, code }) => (hours && !code ? [readFragment(hoursPart, hours)] : []));
    setAnswered((before) => [...now, ...before.filter(({ id }) => now.every((one) => one.id !== id))]);
    choose(results.filter(({ code }) => code).map(({ id }) => id));
    setAsking(undefined);
    reread();
  };
  const send = async (verdict: Verdict, reason?: string, minutes?: number) => {
    const ids = selected.map(({ id }) => id);
    if (verdict === 'APPROVE_HOURS') told((await approve.act({ input: { ids, reason: reason || null } }))?.approveHours.results);
    else if (verdict === 'REJECT_HOURS') told((await reject.act({ input: { ids, reason: reason ?? '' } }))?.rejectHours.results);
    else told((await adjust.act({ input: { rows: ids.map((id) => ({ id, minutes: minutes ?? 0 })), reason: reason ?? '' } }))?.adjustHours.results);
  };
  const begin = (verdict: Verdict) => (verdict === 'APPROVE_HOURS' && selected.every(({ state }) => state === 'PENDING') ? void send(verdict) : setAsking(verdict));

  const list = (which: readonly Hours[]) => (
    <ul className={look.rows}>
      {which.map((row) => <HoursRow key={row.id} hours={row} chosen={chosen.has(row.id)} onToggle={() => toggle(row.id)} outcome={outcomes.get(row.id)} />)}
    </ul>
  );
  return (
    <>
      <Summary outcomes={outcomes} />
      <Panel title={t('record.answer.waiting')} aside={Math.max(total ?? 0, waiting.length)}>
        {waiting.length === 0 && <p>{t('record.answer.none')}</p>}
        {mine.length > 1 && <div><Button onClick={() => choose(mine.map(({ id }) => id))}>{t('lead.people.chooseAll', { count: mine.length })}</Button></div>}
        {waiting.length > 0 && list(waiting)}
      </Panel>
      {over.length > 0 && <Panel title={t('record.answer.over')} aside={over.length}>{list(over)}</Panel>}
      <Bar
        count={selected.length}
        onNone={() => choose([])}
        form={asking && <VerdictForm verdict={asking} hours={selected} busy={busy} refusal={approve.refusal ?? adjust.refusal ?? reject.refusal} onLeave={() => setAsking(undefined)} onSend={(reason, minutes) => void send(asking, reason, minutes)} />}
      >
        <Button kind="main" busy={busy} onClick={() => begin('APPROVE_HOURS')}>{t('Action.APPROVE_HOURS')}</Button>
        <Button busy={busy} onClick={() => begin('ADJUST_HOURS')}>{t('Action.ADJUST_HOURS')}</Button>
        <Button busy={busy} onClick={() => begin('REJECT_HOURS')}>{t('Action.REJECT_HOURS')}</Button>
        <Refused refusal={approve.refusal} />
      </Bar>
    </>
  );
}

/** Who worked, where and when, and how many minutes count. */
function HoursRow({ hours, ...rest }: { hours: Hours; chosen: boolean; onToggle: () => void; outcome?: Outcome }) {
  const { t } = useTranslation();
  const format = useFormats();
  const reason = useReason();
  const { state, person, task, cameAt, wentAt, startsAt, workedMinutes, minutes, changeableUntil } = hours;
  const refused = notMine(hours);
  const there = t('record.answer.there', { day: format.date(startsAt), times: format.times(cameAt, wentAt) });
  const counts = minutes === workedMinutes || state === 'REJECTED' || state === 'VOID' ? format.length(workedMinutes) : t('record.answer.instead', { worked: format.length(workedMinutes), counts: format.length(minutes) });
  const until = changeableUntil && !refused && t('record.answer.until', { at: format.moment(changeableUntil) });
  return (
    <ChoiceRow name={person.displayName} locked={Boolean(refused)} {...rest}>
      {task && <span>{task.title}</span>}
      <span>{dotted(there, counts)}</span>
      {state !== 'PENDING' && <span>{dotted(t(`HoursState.${state}`), hours.reason, until)}</span>}
      {refused && <span>{refused === 'OWN_CASE' ? t('record.answer.own') : reason(refused)}</span>}
    </ChoiceRow>
  );
}
