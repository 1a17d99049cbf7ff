import { useState } from 'react';
import { useSend } from '../../../client/act';
import { useActs } from '../../../client/acts';
import type { Refusal } from '../../../client/refusal';
import { type Enum, type FragmentOf, graphql, readFragment, type ResultOf } from '../../../graphql';
import { Bar, Summary } from '../../../modules/desk/bar';
import { useChoice } from '../../../modules/desk/choice';
import { type Group, groupNames, groupOf, named } from '../../../modules/desk/groups';
import { ChoiceRow } from '../../../modules/desk/row';
import look from '../../../modules/desk/row.module.css';
import { ActionButton, actionPart } from '../../../parts/action';
import { Button } from '../../../parts/button';
import { TextInput } from '../../../parts/field';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import { Correction } from './correction';

export const presencePart = graphql(
  `fragment PresencePart on Signup {
    id state position offerExpiresAt checkedInAt checkedOutAt endReason
    person { id displayName ageBand contact { email } }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const checkInMutation = graphql(`mutation CheckIn($input: CheckInInput!) { checkIn(input: $input) { signup { id ...PresencePart } } }`, [presencePart]);
const checkInManyMutation = graphql(
  `mutation CheckInMany($input: CheckInManyInput!) { checkInMany(input: $input) { results { id code signup { id ...PresencePart } } } }`,
  [presencePart],
);
const checkOutMutation = graphql(`mutation CheckOut($input: CheckOutInput!) { checkOut(input: $input) { signup { id ...PresencePart } } }`, [presencePart]);
const noShowMutation = graphql(`mutation MarkNoShow($input: MarkNoShowInput!) { markNoShow(input: $input) { signup { id ...PresencePart } } }`, [presencePart]);
const correctMutation = graphql(`mutation CorrectAttendance($input: CorrectAttendanceInput!) { correctAttendance(input: $input) { signup { id ...PresencePart } } }`, [presencePart]);
const inviteMutation = graphql(`mutation InviteFromShift($input: InviteMemberInput!) { inviteMember(input: $input) { membership { id state } } }`);

type Signup = ResultOf<typeof presencePart>;
type Send = (id: string) => Promise<{ refusal?: Refusal }>;
type Props = { teamId: string; startsAt: string; signups: readonly FragmentOf<typeof presencePart>[]; reread: () => void };

const verbs = ['CHECK_IN', 'CHECK_OUT', 'MARK_NO_SHOW', 'CORRECT_ATTENDANCE'] as const satisfies Enum<'Action'>[];
/** Reasons that a lead cannot change now, and may want to know. */
const timely: readonly (Enum<'Code'> | null)[] = [null, 'TOO_EARLY', 'TOO_LATE'];

const actionOf = (signup: Signup, verb: Enum<'Action'>) => signup.availableActions.map((part) => readFragment(actionPart, part)).find(({ action }) => action === verb);

/** The people of a shift, by state and name, to be acted on one by one or many at a time. */
export function Attendance({ teamId, signups: of, reread }: Props) {
  const { t, i18n } = useTranslation();
  const { runEach, runTogether, outcomes, busy, forget } = useActs();
  const { chosen, toggle, choose } = useChoice();
  const [group, setGroup] = useState<Group>();
  const [typed, setTyped] = useState('');
  const [correcting, setCorrecting] = useState(false);
  const checkIn = useSend(checkInMutation);
  const checkInMany = useSend(checkInManyMutation);
  const send = { CHECK_OUT: useSend(checkOutMutation), MARK_NO_SHOW: useSend(noShowMutation) };
  const correct = useSend(correctMutation);
  const invite = useSend(inviteMutation);

  const signups = of.map((one) => readFragment(presencePart, one)).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.person.displayName.localeCompare(b.person.displayName, i18n.language));
  const counts = Map.groupBy(signups, ({ state }) => groupOf(state));
  const shown = signups.filter(({ id, state, person }) => (!group || groupOf(state) === group || outcomes.has(id)) && named(person.displayName, typed));
  const selected = signups.filter(({ id }) => chosen.has(id));

  const finish = async (running: Promise<string[]>) => {
    const refused = await running;
    choose(refused);
    if (refused.length > 0) reread();
    return refused;
  };
  const all = selected.map(({ id }) => id);
  const toAll = (what: Send) => finish(runEach(all, what));
  const checkInAll = () =>
    finish(runTogether(all, async (ids) => {
      const { data, refusal } = await checkInMany({ input: { ids } });
      return { results: data?.checkInMany.results, refusal };
    }));
  const correctAll = (state: Enum<'SignupState'>, reason: string) =>
    void toAll((id) => correct({ input: { id, state, reason } })).then((refused) => setCorrecting(refused.length > 0));
  const show = (next?: Group) => {
    setGroup(next);
    choose([]);
    forget();
  };

  if (signups.length === 0) return <p>{t('lead.people.nobody')}</p>;
  return (
    <>
      <div className={look.tools}>
        <div className={look.chips} role="group" aria-label={t('lead.people.groups')}>
          <button type="button" aria-pressed={!group} onClick={() => show()}>{t('lead.people.all', { count: signups.length })}</button>
          {groupNames.filter((name) => counts.has(name)).map((name) => (
            <button key={name} type="button" aria-pressed={group === name} onClick={() => show(name)}>{`${t(`lead.group.${name}`)} ${counts.get(name)!.length}`}</button>
          ))}
        </div>
        {signups.length > 7 && <TextInput type="search" value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} aria-label={t('lead.people.search')} placeholder={t('lead.people.search')} />}
        <Summary outcomes={outcomes} />
        {shown.length > 1 && <Button onClick={() => choose(shown.map(({ id }) => id))}>{t('lead.people.chooseAll', { count: shown.length })}</Button>}
      </div>
      <ul className={look.rows}>
        {shown.map((signup) => (
          <ChoiceRow
            key={signup.id}
            name={signup.person.displayName}
            chosen={chosen.has(signup.id)}
            onToggle={() => toggle(signup.id)}
            outcome={outcomes.get(signup.id)}
            email={signup.person.contact?.email}
            aside={
              actionOf(signup, 'CHECK_IN')?.allowed && selected.length === 0 && (
                <Button kind="main" busy={outcomes.get(signup.id) === 'waiting'} aria-label={t('lead.people.checkInOne', { name: signup.person.displayName })} onClick={() => void finish(runEach([signup.id], (id) => checkIn({ input: { id } })))}>
                  {t('lead.people.checkIn')}
                </Button>
              )
            }
          >
            <Standing signup={signup} />
          </ChoiceRow>
        ))}
      </ul>
      {shown.length === 0 && <p>{t('lead.people.noSuch')}</p>}
      <Bar count={selected.length} onNone={() => choose([])} form={correcting && <Correction busy={busy} onLeave={() => setCorrecting(false)} onCorrect={correctAll} />}>
        {verbs.map((verb) => {
          const could = selected.filter((signup) => timely.includes(actionOf(signup, verb)?.reason ?? null));
          const best = could.find((signup) => actionOf(signup, verb)?.allowed) ?? could[0];
          const onAct = () => {
            if (verb === 'CORRECT_ATTENDANCE') setCorrecting(true);
            else if (verb === 'CHECK_IN') void checkInAll();
            else void toAll((id) => send[verb]({ input: { id } }));
          };
          return best && <ActionButton key={verb} action={verb} kind={verb === 'CHECK_IN' ? 'main' : 'plain'} of={best.availableActions} busy={busy} onAct={onAct} />;
        })}
        {selected.every(({ state }) => state === 'CHECKED_IN' || state === 'COMPLETED') && (
          <Button busy={busy} onClick={() => void toAll((id) => invite({ input: { teamId, personId: selected.find((one) => one.id === id)!.person.id, role: 'MEMBER' } }))}>{t('Action.INVITE_MEMBER')}</Button>
        )}
      </Bar>
    </>
  );
}

/** A person's state, and how to reach them. */
function Standing({ signup: { state, position, offerExpiresAt, checkedInAt, checkedOutAt, endReason, person } }: { signup: Signup }) {
  const { t } = useTranslation();
  const format = useFormats();
  const when = [
    position && t('lead.people.position', { position }),
    offerExpiresAt && t('lead.people.until', { at: format.moment(offerExpiresAt) }),
    checkedInAt && (checkedOutAt ? format.times(checkedInAt, checkedOutAt) : t('lead.people.since', { at: format.time(checkedInAt) })),
  ];
  const told = dotted(t(`lead.state.${state}`), ...when, person.ageBand && t(`AgeBand.${person.ageBand}`));
  return (
    <>
      <span>{told}</span>
      {endReason && <span>{endReason}</span>}
    </>
  );
}
