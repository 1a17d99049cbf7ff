import { useSend } from '../../../../client/act';
import { useActs } from '../../../../client/acts';
import { ask } from '../../../../client/ask';
import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { Bar, Summary } from '../../../../modules/desk/bar';
import { useChoice } from '../../../../modules/desk/choice';
import { ChoiceRow } from '../../../../modules/desk/row';
import look from '../../../../modules/desk/row.module.css';
import { ActionButton, actionPart } from '../../../../parts/action';
import { Button } from '../../../../parts/button';
import { Panel } from '../../../../parts/panel';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { dotted } from '../../../../words/dotted';

export const requestPart = graphql(
  `fragment RequestPart on Membership { id state message createdAt person { id displayName ageBand } availableActions { ...ActionPart } }`,
  [actionPart],
);

const answerMutation = graphql(
  `mutation AnswerRequest($input: AnswerMembershipInput!) { answerMembership(input: $input) { membership { id ...RequestPart team { id memberCount } } } }`,
  [requestPart],
);

/** The requests to join, answered one by one or many at once. */
export function Requests({ requests: of, reread }: { requests: readonly FragmentOf<typeof requestPart>[]; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { runEach, outcomes, busy } = useActs();
  const { chosen, toggle, choose } = useChoice();
  const send = useSend(answerMutation);
  const requests = of.map((one) => readFragment(requestPart, one)).filter(({ id, state }) => state === 'REQUESTED' || outcomes.has(id));
  const waiting = requests.filter(({ state }) => state === 'REQUESTED');
  const selected = requests.filter(({ id }) => chosen.has(id));
  const actions = (selected.find(({ state }) => state === 'REQUESTED') ?? selected[0])?.availableActions ?? [];

  const answer = async (accept: boolean) => {
    if (!accept && !(await ask('answerMembership'))) return;
    choose(await runEach(selected.map(({ id }) => id), (id) => send({ input: { id, accept } })));
    reread();
  };

  if (requests.length === 0) return null;
  return (
    <Panel title={t('lead.requests.title')} aside={waiting.length}>
      <Summary outcomes={outcomes} />
      {waiting.length > 1 && <Button onClick={() => choose(waiting.map(({ id }) => id))}>{t('lead.people.chooseAll', { count: waiting.length })}</Button>}
      <ul className={look.rows}>
        {requests.map(({ id, state, message, createdAt, person }) => (
          <ChoiceRow key={id} name={person.displayName} chosen={chosen.has(id)} onToggle={() => toggle(id)} outcome={outcomes.get(id)}>
            <span>{dotted(person.ageBand && t(`AgeBand.${person.ageBand}`), state === 'REQUESTED' ? format.date(createdAt) : t(`MembershipState.${state}`))}</span>
            {message && <span>{message}</span>}
          </ChoiceRow>
        ))}
      </ul>
      <Bar count={selected.length} onNone={() => choose([])}>
        <ActionButton kind="main" action="ANSWER_MEMBERSHIP" label={t('lead.requests.accept')} of={actions} busy={busy} onAct={() => void answer(true)} />
        <ActionButton action="ANSWER_MEMBERSHIP" label={t('lead.requests.decline')} of={actions} busy={busy} onAct={() => void answer(false)} />
      </Bar>
    </Panel>
  );
}
