import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { Panel } from '../../../parts/panel';
import { Timeline } from '../../../parts/timeline';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';

export const movesPart = graphql(`fragment CityMoves on MoveConnection { nodes { id toState words at by { id displayName } } }`);

/** The changes of a state, latest first: when, who, to which state, and why. */
export function Moves({ moves, state }: { moves: FragmentOf<typeof movesPart>; state: (name: string) => string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { nodes } = readFragment(movesPart, moves);
  if (nodes.length === 0) return null;
  return (
    <Panel title={t('city.history')}>
      <Timeline
        steps={nodes.toReversed().map(({ id, toState, words, at, by }) => ({
          id,
          when: dotted(format.moment(at), by?.displayName),
          what: <><p>{state(toState)}</p>{words && <p>{words}</p>}</>,
        }))}
      />
    </Panel>
  );
}
