import { useAct } from '../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { OpenCentres } from '../../../modules/desk/open-centres';
import { actionPart } from '../../../parts/action';
import { Textarea } from '../../../parts/field';
import { Panel } from '../../../parts/panel';
import { Ways } from '../../../parts/ways';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';

export const hostPart = graphql(
  `fragment HostPart on Team {
    id centre { id name }
    hostings(first: 5) { nodes { id state askedAt centre { id name } } }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const moveMutation = graphql(`mutation MoveTeam($input: MoveTeamInput!) { moveTeam(input: $input) { hosting { id team { id ...HostPart } } } }`, [hostPart]);

/** Where the team works, the centre that it asked to move to, and how to ask one. */
export function Host({ team: of }: { team: FragmentOf<typeof hostPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const move = useAct(moveMutation);
  const { id, centre, hostings, availableActions } = readFragment(hostPart, of);
  const asked = hostings.nodes.find(({ state }) => state === 'REQUESTED');
  const fields = (
    <>
      <OpenCentres label={t('lead.host.centre')} but={centre.id} />
      <Textarea name="reason" label={t('lead.reason')} description={t('lead.host.hint')} rows={2} maxLength={1000} />
    </>
  );
  return (
    <Panel title={t('lead.host.title')}>
      <p>{centre.name}</p>
      {asked ? (
        <p>{t('lead.host.asked', { centre: asked.centre.name, date: format.date(asked.askedAt) })}</p>
      ) : (
        <Ways
          about={id}
          of={availableActions}
          ways={[{ ...move, action: 'MOVE_TEAM', does: ({ centreId = '', reason }) => move.act({ input: { teamId: id, centreId, reason: reason || undefined } }), fields }]}
          onDone={() => {}}
        />
      )}
    </Panel>
  );
}
