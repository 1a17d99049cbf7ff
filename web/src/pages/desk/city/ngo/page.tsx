import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { Grants, grantRow } from '../../../../modules/desk/city/grant';
import { invitationRow, Invitations } from '../../../../modules/desk/city/invitations';
import { Moves, movesPart } from '../../../../modules/desk/city/moves';
import { Officer, officerPart } from '../../../../modules/desk/city/officer';
import { ReasonField } from '../../../../modules/desk/city/reason';
import { RoleForm } from '../../../../modules/desk/city/role-form';
import look from '../../../../modules/desk/city/row.module.css';
import { FocusMark } from '../../../../modules/ngo/focus';
import { actionPart } from '../../../../parts/action';
import { ButtonLink } from '../../../../parts/button';
import { Fact, Facts } from '../../../../parts/facts';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { Loaded } from '../../../../parts/states';
import { type Way, Ways } from '../../../../parts/ways';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { NgoEdit, ngoTexts } from './edit';

const statePart = graphql(
  `fragment CityNgoState on Ngo { id state history(first: 50) { ...CityMoves } availableActions { ...ActionPart } }`,
  [movesPart, actionPart],
);

const ngoQuery = graphql(
  `query CityNgo($id: ID!) {
    viewer { id ...CityOfficer }
    ngo(id: $id) {
      id name focus bin createdAt
      teams(first: 20) { nodes { id name } }
      ...CityNgoState
      ...CityNgoTexts
      leads(first: 50) { nodes { id ...CityGrant } }
      invitations(first: 50) { nodes { id ...CityInvitation } }
    }
  }`,
  [officerPart, statePart, ngoTexts, grantRow, invitationRow],
);

const stateMutation = graphql(`mutation CityNgoInto($input: SetNgoStateInput!) { setNgoState(input: $input) { ngo { id ...CityNgoState } } }`, [statePart]);

/** The states that an NGO may enter from each state. */
const next = { FORMING: ['ACTIVE', 'ARCHIVED'], ACTIVE: ['SUSPENDED', 'ARCHIVED'], SUSPENDED: ['ACTIVE', 'ARCHIVED'], ARCHIVED: [] } as const satisfies Record<Enum<'NgoState'>, Enum<'NgoState'>[]>;

/** An NGO as the city sees it: its texts and state, and who leads it. */
export default function CityNgo() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const query = useQuery({ query: ngoQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ viewer, ngo }, reread) => {
        if (!ngo) return null;
        const { state, history } = readFragment(statePart, ngo);
        return (
          <Officer viewer={viewer}>
            <Heading above={<><FocusMark focus={ngo.focus} /><span>{t(`NgoState.${state}`)}</span></>}>{ngo.name}</Heading>
            <Facts>
              <Fact name={t('ngos.bin')}>{ngo.bin ?? t('city.noBin')}</Fact>
              <Fact name={t('city.entered')}>{format.date(ngo.createdAt)}</Fact>
              <Fact name={t('ngos.teams')}>{ngo.teams.nodes.map(({ name }) => name).join(', ') || t('ngos.noTeams')}</Fact>
            </Facts>
            <NgoState ngo={ngo} reread={reread} />
            <p><ButtonLink kind="quiet" to={pathOf('ngo', id)}>{t('city.asShown')}</ButtonLink></p>
            <div className={look.columns}>
              <div className={look.part}>
                <Panel title={t('city.leads')}>
                  <Grants grants={ngo.leads?.nodes ?? []} none={t('city.noLeads')} reread={reread} />
                </Panel>
                <Panel title={t('city.invitations')}>
                  <Invitations invitations={ngo.invitations?.nodes ?? []} reread={reread} />
                </Panel>
                <Moves moves={history} state={(name) => t(`NgoState.${name as Enum<'NgoState'>}`)} />
              </div>
              <div className={look.part}>
                <Panel title={t('city.inviteLead')}>
                  <RoleForm roles={['NGO_LEAD']} ngos={[ngo]} onDone={reread} />
                </Panel>
                <NgoEdit ngo={ngo} />
              </div>
            </div>
          </Officer>
        );
      }}
    </Loaded>
  );
}

function NgoState({ ngo: of, reread }: { ngo: FragmentOf<typeof statePart>; reread: () => void }) {
  const { t } = useTranslation();
  const change = useAct(stateMutation);
  const { id, state, availableActions } = readFragment(statePart, of);
  const ways = next[state].map((into): Way => ({
    ...change,
    action: 'SET_NGO_STATE',
    kind: into === 'ACTIVE' ? 'main' : 'plain',
    label: t(`city.ngoInto.${into}`),
    does: ({ reason }) => change.act({ input: { id, state: into, reason: reason || undefined } }),
    fields: <ReasonField required={into !== 'ACTIVE'} />,
  }));
  return <Ways about={id} of={availableActions} ways={ways} onDone={reread} />;
}
