import { useTranslation } from 'react-i18next';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { Panel } from '../../parts/panel';
import { Timeline } from '../../parts/timeline';
import { useFormats } from '../../words/dates';

export const trailPart = graphql(`fragment TrailPart on Proposal { history(first: 50) { nodes { id toState actingAs words at } } }`);

/** Every move of the proposal, the latest first: when, as what, to which state, and why. */
export function Trail({ proposal }: { proposal: FragmentOf<typeof trailPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { nodes } = readFragment(trailPart, proposal).history;
  return (
    <Panel title={t('proposal.trail')}>
      <Timeline
        steps={nodes.toReversed().map(({ id, toState, actingAs, words, at }) => ({
          id,
          when: `${format.moment(at)} · ${t(`ActingAs.${actingAs}`)}`,
          what: <><p>{t(`ProposalState.${toState as Enum<'ProposalState'>}`)}</p>{words && <p>{words}</p>}</>,
        }))}
      />
    </Panel>
  );
}
