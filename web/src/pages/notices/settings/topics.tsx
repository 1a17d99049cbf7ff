import { type Enum, type FragmentOf, graphql, readFragment } from '../../../graphql';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { Topic, topicPart } from './topic';
import look from './topic.module.css';

export const topicsPart = graphql(
  `fragment TopicsPart on Person {
    id
    noticePreferences { topic ...TopicPart }
    telegram { id }
    grants { id role }
    led: memberships(filter: {states: [ACTIVE]}, first: 50) { nodes { id role } }
  }`,
  [topicPart],
);

/** Every topic that may concern the person, with the choice of how to be told. */
export function Topics({ person }: { person: FragmentOf<typeof topicsPart> }) {
  const { t } = useTranslation();
  const { noticePreferences, telegram, grants, led } = readFragment(topicsPart, person);
  const acts = (role: Enum<'Role'>) => grants?.some((grant) => grant.role === role);
  const foreign: Enum<'NoticeTopic'>[] = [];
  if (!acts('NGO_LEAD') && !led?.nodes.some(({ role }) => role === 'LEAD')) foreign.push('TEAMWORK');
  if (!acts('COORDINATOR')) foreign.push('CENTRE');
  return (
    <Panel title={t('notices.topics')}>
      <div className={look.topics}>
        {noticePreferences?.map((one) => !foreign.includes(one.topic) && <Topic key={one.topic} preference={one} withTelegram={telegram !== null} />)}
      </div>
    </Panel>
  );
}
