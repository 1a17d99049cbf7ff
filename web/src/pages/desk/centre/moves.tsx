import { Link } from 'react-router';
import { useAct } from '../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import look from '../../../modules/desk/centre/centre.module.css';
import { actionPart } from '../../../parts/action';
import { Textarea } from '../../../parts/field';
import { Panel } from '../../../parts/panel';
import { type Way, Ways } from '../../../parts/ways';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';

const movePart = graphql(
  `fragment MovePart on Hosting { id askedAt team { id name centre { id name } } history(first: 1) { nodes { id words } } availableActions { ...ActionPart } }`,
  [actionPart],
);

export const movesPart = graphql(`fragment MovesPart on Centre { moveRequests(first: 10) { nodes { id ...MovePart } } }`, [movePart]);

const answerMutation = graphql(`mutation AnswerMove($input: AnswerMoveInput!) { answerMove(input: $input) { hosting { id state } } }`);

/** The teams that ask to move to the centre; nothing if there are none. */
export function Moves({ centre: of, reread }: { centre: FragmentOf<typeof movesPart>; reread: () => void }) {
  const { t } = useTranslation();
  const moves = readFragment(movesPart, of).moveRequests?.nodes ?? [];
  if (moves.length === 0) return null;
  return (
    <Panel title={t('centreDesk.moves')} aside={<b className={look.count}>{moves.length}</b>}>
      <ul className={look.list}>{moves.map((move) => <Move key={move.id} move={move} reread={reread} />)}</ul>
    </Panel>
  );
}

function Move({ move: of, reread }: { move: FragmentOf<typeof movePart>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const answer = useAct(answerMutation);
  const { id, askedAt, team, history, availableActions } = readFragment(movePart, of);
  const words = history.nodes[0]?.words;
  const way = (accept: boolean, required: boolean): Way => ({
    ...answer,
    action: 'ANSWER_MOVE',
    variant: accept ? 'accept' : 'decline',
    kind: accept ? 'main' : 'plain',
    label: accept ? t('centreDesk.take') : t('centreDesk.decline'),
    does: ({ reason }) => answer.act({ input: { id, accept, reason: reason || undefined } }),
    fields: required ? <Textarea name="reason" label={t('moderation.why')} description={t('centreDesk.teamReads')} rows={2} maxLength={1000} required /> : undefined,
  });
  return (
    <li className={look.row}>
      <h3><Link to={pathOf('team', team.id)}>{team.name}</Link></h3>
      <p>{t('centreDesk.from', { centre: team.centre.name, date: format.date(askedAt) })}</p>
      {words && <p className={look.said}>{words}</p>}
      <Ways about={id} of={availableActions} ways={[way(true, false), way(false, true)]} onDone={reread} />
    </li>
  );
}
