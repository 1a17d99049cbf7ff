import { useAct } from '../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { actionPart } from '../../../parts/action';
import { Ways } from '../../../parts/ways';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import look from './row.module.css';
import { ReasonField } from './reason';

export const grantRow = graphql(
  `fragment CityGrant on Grant {
    id role givenAt endedAt waits
    person { id displayName }
    centre { id name }
    ngo { id name }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const endMutation = graphql(`mutation CityEndRole($input: EndRoleInput!) { endRole(input: $input) { grant { id ...CityGrant } } }`, [grantRow]);

type Props = { grants: readonly FragmentOf<typeof grantRow>[]; none: string; reread: () => void };

/** Who holds a role, since when, whether it has effect, and how to end it. */
export function Grants({ grants, none, reread }: Props) {
  const held = grants.filter((part) => !readFragment(grantRow, part).endedAt);
  if (held.length === 0) return <p className={look.quiet}>{none}</p>;
  return <ul className={look.list}>{held.map((part) => <GrantRow key={readFragment(grantRow, part).id} grant={part} reread={reread} />)}</ul>;
}

function GrantRow({ grant: of, reread }: { grant: FragmentOf<typeof grantRow>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const end = useAct(endMutation);
  const { id, role, givenAt, waits, person, centre, ngo, availableActions } = readFragment(grantRow, of);
  return (
    <li className={look.row}>
      <div>
        <h3>{person.displayName}</h3>
        <p className={look.quiet}>{dotted(t(`Role.${role}`), centre?.name ?? ngo?.name, t('city.since', { date: format.date(givenAt) }))}</p>
        {waits && <p className={look.waits}>{t('city.waitsForFactor')}</p>}
      </div>
      <Ways
        about={id}
        of={availableActions}
        ways={[{ ...end, action: 'END_ROLE', kind: 'quiet', does: ({ reason = '' }) => end.act({ input: { id, reason } }), fields: <ReasonField /> }]}
        onDone={reread}
      />
    </li>
  );
}
