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
import { actionPart } from '../../../../parts/action';
import { ButtonLink } from '../../../../parts/button';
import { Fact, Facts } from '../../../../parts/facts';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { Loaded } from '../../../../parts/states';
import { Ways } from '../../../../parts/ways';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';

const statePart = graphql(
  `fragment CityCentreState on Centre { id state openedOn history(first: 50) { ...CityMoves } availableActions { ...ActionPart } }`,
  [movesPart, actionPart],
);

const centreQuery = graphql(
  `query CityCentre($id: ID!) {
    viewer { id ...CityOfficer }
    centre(id: $id) {
      id name address openingHours
      district { id name }
      ...CityCentreState
      staff(first: 50) { nodes { id ...CityGrant } }
      invitations(first: 50) { nodes { id ...CityInvitation } }
    }
  }`,
  [officerPart, statePart, grantRow, invitationRow],
);

const stateMutation = graphql(
  `mutation CityCentreInto($input: SetCentreStateInput!) { setCentreState(input: $input) { centre { id ...CityCentreState } } }`,
  [statePart],
);

/** A centre as the city sees it: opening and closing it, and who works there. */
export default function CityCentre() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: centreQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ viewer, centre }, reread) =>
        centre && (
          <Officer viewer={viewer}>
            <CentreState centre={centre} name={centre.name} district={centre.district.name} reread={reread} />
            <p><ButtonLink kind="quiet" to={pathOf('centre', id)}>{t('city.asShown')}</ButtonLink></p>
            <div className={look.columns}>
              <div className={look.part}>
                <Panel title={t('city.staff')}>
                  <Grants grants={centre.staff?.nodes ?? []} none={t('city.noStaff')} reread={reread} />
                </Panel>
                <Panel title={t('city.invitations')}>
                  <Invitations invitations={centre.invitations?.nodes ?? []} reread={reread} />
                </Panel>
                <Moves moves={readFragment(statePart, centre).history} state={(name) => t(`CentreState.${name as Enum<'CentreState'>}`)} />
              </div>
              <Panel title={t('city.giveRole')}>
                <RoleForm roles={['COORDINATOR', 'CONSULTANT']} centres={[centre]} onDone={reread} />
              </Panel>
            </div>
          </Officer>
        )
      }
    </Loaded>
  );
}

type Props = { centre: FragmentOf<typeof statePart>; name: string; district: string; reread: () => void };

function CentreState({ centre: of, name, district, reread }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const change = useAct(stateMutation);
  const { id, state, openedOn, availableActions } = readFragment(statePart, of);
  const next = state === 'OPEN' ? 'CLOSED' : 'OPEN';
  const does = ({ reason }: Record<string, string>) => change.act({ input: { id, state: next, reason } });
  return (
    <>
      <Heading above={<><span>{t(`CentreState.${state}`)}</span><span>{district}</span></>}>{name}</Heading>
      <Facts>
        <Fact name={t('centre.openedOn')}>{openedOn && format.date(openedOn)}</Fact>
      </Facts>
      <Ways about={id} of={availableActions} ways={[{ ...change, action: 'SET_CENTRE_STATE', kind: state === 'OPEN' ? 'plain' : 'main', label: t(`city.centreInto.${next}`), does, fields: <ReasonField /> }]} onDone={reread} />
    </>
  );
}
