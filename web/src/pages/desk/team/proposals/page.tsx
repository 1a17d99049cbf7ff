import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { Back, Desk, LeadsOnly } from '../../../../modules/desk/guard';
import { ActionButton, actionPart } from '../../../../parts/action';
import { Heading } from '../../../../parts/heading';
import { Refused } from '../../../../parts/notice';
import { State } from '../../../../parts/states';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { dotted } from '../../../../words/dotted';
import look from './page.module.css';

const adoptable = graphql(`fragment Adoptable on Proposal { id title text language place supportCount availableActions { ...ActionPart } }`, [actionPart]);

const proposalsQuery = graphql(
  `query TeamProposals($id: ID!) {
    viewer { id }
    team(id: $id) { id name availableActions { ...ActionPart } }
    proposals(filter: {adoptableByTeamId: $id}, order: MOST_SUPPORTED, first: 30) { nodes { id ...Adoptable } }
  }`,
  [actionPart, adoptable],
);

const adoptMutation = graphql(`mutation AdoptProposal($input: AdoptProposalInput!) { adoptProposal(input: $input) { task { id proposal { id task { id } } } } }`);

/** The proposals of the team's district that a centre has accepted and no team has adopted. */
export default function TeamProposals() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: proposalsQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, team, proposals }, reread) =>
        team && (
          <>
            <Heading above={<Back to={pathOf('teamDesk', id)}>{team.name}</Back>} below={t('lead.adopt.below')}>{t('lead.team.proposals')}</Heading>
            <LeadsOnly viewer={viewer} action="CREATE_TASK" of={team.availableActions}>
              {proposals.nodes.length === 0 && <State title={t('lead.adopt.none')} text={t('lead.adopt.noneText')} />}
              <ul className={look.list}>{proposals.nodes.map((proposal) => <Adoptable key={proposal.id} teamId={id} proposal={proposal} reread={reread} />)}</ul>
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}

function Adoptable({ teamId, proposal: of, reread }: { teamId: string; proposal: FragmentOf<typeof adoptable>; reread: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { act, busy, refusal } = useAct(adoptMutation);
  const { id, title, text, language, place, supportCount, availableActions } = readFragment(adoptable, of);
  const adopt = async () => {
    const done = await act({ input: { proposalId: id, teamId } });
    if (done) void navigate(pathOf('taskDesk', done.adoptProposal.task.id));
    else reread();
  };
  return (
    <li className={look.one}>
      <h2 lang={language.toLowerCase()}><Link to={pathOf('proposal', id)}>{title}</Link></h2>
      <p className={look.told}>{dotted(place, t('proposal.supporters', { count: supportCount }))}</p>
      <p lang={language.toLowerCase()}>{text}</p>
      <ActionButton action="ADOPT_PROPOSAL" of={availableActions} busy={busy} onAct={() => void adopt()} />
      <Refused refusal={refusal} />
    </li>
  );
}
