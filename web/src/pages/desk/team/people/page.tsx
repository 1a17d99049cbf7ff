import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { type FragmentOf, graphql } from '../../../../graphql';
import { named } from '../../../../modules/desk/groups';
import { Back, Desk, LeadsOnly } from '../../../../modules/desk/guard';
import { actionPart } from '../../../../parts/action';
import { TextInput } from '../../../../parts/field';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { Invite } from './invite';
import { InvitedRow, invitedPart, MailedRow, mailedPart } from './invited';
import { MemberRow, memberPart } from './member';
import look from './page.module.css';
import { Requests, requestPart } from './requests';

const peopleQuery = graphql(
  `query TeamPeople($id: ID!) {
    viewer { id }
    team(id: $id) {
      id name memberCount
      availableActions { ...ActionPart }
      requests: memberships(filter: {states: [REQUESTED]}, first: 100) { nodes { id state ...RequestPart } }
      members: memberships(filter: {states: [ACTIVE]}, first: 100) { nodes { id state role person { id displayName } ...MemberPart } }
      invited: memberships(filter: {states: [INVITED]}, first: 50) { nodes { id state ...InvitedPart } }
      invitations(first: 50) { nodes { id state ...MailedPart } }
    }
  }`,
  [actionPart, requestPart, memberPart, invitedPart, mailedPart],
);

/** The people of a team: who asks to join, who is in it, who is invited. */
export default function TeamPeople() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: peopleQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, team }, reread) => {
        if (!team) return null;
        const invited = team.invited?.nodes.filter(({ state }) => state === 'INVITED') ?? [];
        const mailed = team.invitations?.nodes.filter(({ state }) => state === 'SENT') ?? [];
        const members = (team.members?.nodes ?? []).filter(({ state }) => state === 'ACTIVE');
        return (
          <>
            <Heading above={<Back to={pathOf('teamDesk', id)}>{team.name}</Back>}>{t('lead.team.people', { count: team.memberCount })}</Heading>
            <LeadsOnly viewer={viewer} action="CREATE_TASK" of={team.availableActions}>
              <Requests requests={team.requests?.nodes ?? []} reread={reread} />
              <Panel title={t('lead.invite.title')}>
                <Invite teamId={id} of={team.availableActions} reread={reread} />
                <ul className={look.list}>
                  {mailed.map((one) => <MailedRow key={one.id} invitation={one} />)}
                  {invited.map((one) => <InvitedRow key={one.id} membership={one} />)}
                </ul>
              </Panel>
              <Members count={team.memberCount} members={members} reread={reread} />
            </LeadsOnly>
          </>
        );
      }}
    </Desk>
  );
}

type Member = FragmentOf<typeof memberPart> & { id: string; role: string; person: { displayName: string } };

/** The members of the team, its leads first. */
function Members({ count, members, reread }: { count: number; members: readonly Member[]; reread: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  return (
    <Panel title={t('lead.members.title')} aside={count}>
      {members.length > 7 && <TextInput type="search" value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} aria-label={t('lead.people.search')} placeholder={t('lead.people.search')} />}
      <ul className={look.list}>
        {members
          .filter(({ person }) => named(person.displayName, typed))
          .toSorted((a, b) => a.role.localeCompare(b.role))
          .map((member) => <MemberRow key={member.id} member={member} reread={reread} />)}
      </ul>
    </Panel>
  );
}
