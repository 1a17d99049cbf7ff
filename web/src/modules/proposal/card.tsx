import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Card } from '../../parts/card';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';

export const proposalCard = graphql(`fragment ProposalCard on Proposal { id title state supportCount createdAt district { id name } }`);

/** A proposal in a list: its place, its state, and how many support it. */
export function ProposalCard({ proposal: of }: { proposal: FragmentOf<typeof proposalCard> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { id, title, state, supportCount, createdAt, district } = readFragment(proposalCard, of);
  return (
    <Card to={pathOf('proposal', id)} title={title}>
      <p>{dotted(district.name, format.date(createdAt))}</p>
      <p>{dotted(t(`ProposalState.${state}`), t('proposal.supporters', { count: supportCount }))}</p>
    </Card>
  );
}
