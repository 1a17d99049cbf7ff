import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useLive } from '../../client/live';
import { graphql } from '../../graphql';
import { factorFirstPart } from '../../modules/account/factor-first';
import { RolesWait } from '../../modules/account/roles-wait';
import { DeskCards, desksPart, useDesks } from '../../modules/desk/desks';
import { ProposalCard, proposalCard } from '../../modules/proposal/card';
import { mergedPart } from '../../modules/proposal/merged';
import { ButtonLink } from '../../parts/button';
import { Cards } from '../../parts/card';
import columns from '../../parts/columns.module.css';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { Panel } from '../../parts/panel';
import { SignInFirst } from '../../parts/sign-in-first';
import { Loaded } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { Profile, profilePart } from './about';
import { Account } from './account';
import { Consents, consentsPart } from './consents';
import { decisionRow, Decisions, Suspension } from './decisions';
import { keptShifts, useKeeping } from './kept';
import { Language, languagePart } from './language';
import { MembershipRow, membershipPart } from './membership';
import { MergesToAnswer } from './merges';
import look from './page.module.css';
import { Sessions, sessionPart } from './sessions';
import { SignupRow, signupRow } from './signup';

const meQuery = graphql(
  `query Me {
    viewer {
      id displayName emailVerified email givenName
      ...ProfilePart
      ...DesksPart
      ...ConsentsPart
      ...FactorFirstPart
      ...LanguagePart
      coming: signups(filter: {states: [WAITLISTED, OFFERED, CONFIRMED, CHECKED_IN]}, first: 30) { nodes { id ...SignupRow } }
      past: signups(filter: {states: [COMPLETED, NO_SHOW, CANCELLED, EXPIRED]}, first: 10) { nodes { id ...SignupRow } }
      memberships(filter: {states: [REQUESTED, INVITED, ACTIVE]}, first: 20) { nodes { id ...MembershipPart } }
      proposals(first: 10) { nodes { id ...ProposalCard } }
      mergesToAnswer(first: 5) { nodes { id title language ...MergedPart } }
      sessions { id ...SessionPart }
      decisions(first: 10) { nodes { id ...DecisionRow } }
    }
  }`,
  [profilePart, desksPart, consentsPart, factorFirstPart, languagePart, decisionRow, signupRow, membershipPart, proposalCard, mergedPart, sessionPart],
);

const liveSubscription = graphql(
  `subscription MySignupsLive {
    mySignups { id coming: signups(filter: {states: [WAITLISTED, OFFERED, CONFIRMED, CHECKED_IN]}, first: 30) { nodes { id ...SignupRow } } }
  }`,
  [signupRow],
);

/**
 * Everything of the person: shifts, offers, a minor's consents, teams, decisions, profile and sessions. What is rarely needed has
 * pages of its own.
 */
export default function Me() {
  const { t } = useTranslation();
  const query = useQuery({ query: meQuery });
  const { data, stale } = query[0];
  useLive(liveSubscription, {}, Boolean(data?.viewer));
  useKeeping(data && !stale ? data.viewer && data.viewer.coming?.nodes : undefined);
  const desks = useDesks(data?.viewer);
  return (
    <Loaded query={query} offline={keptShifts}>
      {({ viewer }, reread) => {
        if (!viewer) return <SignInFirst />;
        const coming = viewer.coming?.nodes.toReversed() ?? []; // soonest first
        const past = viewer.past?.nodes ?? [];
        const proposals = viewer.proposals?.nodes ?? [];
        const decisions = viewer.decisions?.nodes ?? [];
        const memberships = viewer.memberships?.nodes ?? [];
        return (
          <>
            <Heading>{viewer.displayName}</Heading>
            {!viewer.emailVerified && <Notice kind="wait">{t('me.verify', { email: viewer.email })} <Link to={paths.security}>{t('security.mailAgain')}</Link></Notice>}
            {viewer.givenName === '' && <Notice kind="wait">{t('Code.PROFILE_INCOMPLETE')} <Link to={paths.profile}>{t('me.profile')}</Link></Notice>}
            <RolesWait person={viewer} />
            <Suspension decisions={decisions} />
            {desks.length > 0 && <Panel title={t('desk.title')}><DeskCards desks={desks} /></Panel>}
            <div className={columns.columns}>
              <div className={columns.column}>
                <Panel title={t('me.coming')}>
                  {coming.length === 0 && (
                    <div className={look.none}>
                      <p>{t('me.noneComing')}</p>
                      <ButtonLink kind="main" to={`${paths.tasks}?mine`}>{t('home.mine')}</ButtonLink>
                    </div>
                  )}
                  <ul className={look.list}>{coming.map((signup) => <SignupRow key={signup.id} signup={signup} reread={reread} />)}</ul>
                </Panel>
                {past.length > 0 && (
                  <Panel title={t('me.past')}>
                    <ul className={look.list}>{past.map((signup) => <SignupRow key={signup.id} signup={signup} reread={reread} />)}</ul>
                  </Panel>
                )}
              </div>
              <div className={columns.column}>
                <Consents person={viewer} reread={reread} />
                <Decisions decisions={decisions} />
                <Panel title={t('me.teams')}>
                  {memberships.length === 0 && <p className={look.quiet}>{t('me.noTeams')}</p>}
                  <ul className={look.list}>{memberships.map((membership) => <MembershipRow key={membership.id} membership={membership} />)}</ul>
                </Panel>
                <MergesToAnswer proposals={viewer.mergesToAnswer?.nodes ?? []} />
                <Panel title={t('me.proposals')}>
                  {proposals.length === 0 && <p className={look.quiet}>{t('me.noProposals')}</p>}
                  <Cards>{proposals.map((proposal) => <ProposalCard key={proposal.id} proposal={proposal} />)}</Cards>
                  <ButtonLink to={paths.propose}>{t('proposals.propose')}</ButtonLink>
                </Panel>
                <Panel title={t('me.profile')}>
                  <Profile person={viewer} />
                  <Account />
                </Panel>
                <Panel title={t('shell.language')}><Language person={viewer} /></Panel>
                <Panel title={t('me.sessions')}><Sessions sessions={viewer.sessions ?? []} reread={reread} /></Panel>
              </div>
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
