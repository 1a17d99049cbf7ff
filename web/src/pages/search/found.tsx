import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { Card } from '../../parts/card';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import look from './found.module.css';

export const foundPart = graphql(`
  fragment FoundPart on Node {
    __typename id
    ... on Task { title language state nextShiftAt district { id name } team { id name } }
    ... on Proposal { title language stands: state supportCount district { id name } }
    ... on Team { name memberCount ngo { id name } }
    ... on Centre { name address district { id name } }
  }
`);

/** A result: its type, its name, and what distinguishes it from others. */
export function Found({ thing: of }: { thing: FragmentOf<typeof foundPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const thing = readFragment(foundPart, of);
  switch (thing.__typename) {
    case 'Task':
      return (
        <Thing type="TASK" to={pathOf('task', thing.id)} title={thing.title} lang={thing.language}>
          {[t(`TaskState.${thing.state}`), thing.nextShiftAt && format.moment(thing.nextShiftAt), thing.district.name, thing.team.name]}
        </Thing>
      );
    case 'Proposal':
      return (
        <Thing type="PROPOSAL" to={pathOf('proposal', thing.id)} title={thing.title} lang={thing.language}>
          {[t(`ProposalState.${thing.stands}`), thing.district.name, t('proposal.supporters', { count: thing.supportCount })]}
        </Thing>
      );
    case 'Team':
      return <Thing type="TEAM" to={pathOf('team', thing.id)} title={thing.name}>{[thing.ngo.name, t('team.members', { count: thing.memberCount })]}</Thing>;
    case 'Centre':
      return <Thing type="CENTRE" to={pathOf('centre', thing.id)} title={thing.name}>{[thing.address, thing.district.name]}</Thing>;
    default:
      return null;
  }
}

type Props = { type: Enum<'SearchType'>; to: string; title: string; lang?: string; children: (string | null)[] };

function Thing({ type, to, title, lang, children }: Props) {
  const { t } = useTranslation();
  return (
    <Card to={to} title={title} lang={lang?.toLowerCase()} above={<Mark type={type} words={t(`SearchType.${type}`)} />}>
      <p>{dotted(...children)}</p>
    </Card>
  );
}

const signs: Record<Enum<'SearchType'>, string> = {
  TASK: 'M4 6h2m3 0h11M4 12h2m3 0h11M4 18h2m3 0h11',
  PROPOSAL: 'M9 18h6m-5 3h4M12 3a6 6 0 0 0-3.500 10.900c.600.500 1 1.200 1 2.100h5c0-.900.400-1.600 1-2.100A6 6 0 0 0 12 3z',
  TEAM: 'M8 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zm-6 9c0-3.500 2.700-5.500 6-5.500s6 2 6 5.500M16.500 11a3 3 0 1 0-1-5.800M17 14.600c2.900.200 5 2.200 5 5.400',
  CENTRE: 'M4 21V8l8-5 8 5v13M9 21v-6h6v6M9 10h.010M15 10h.010',
};

function Mark({ type, words }: { type: Enum<'SearchType'>; words: string }) {
  return (
    <span className={look.mark}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d={signs[type]} /></svg>
      <span>{words}</span>
    </span>
  );
}
