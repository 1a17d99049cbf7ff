import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Report } from '../../modules/moderation/report-button';
import { actionPart } from '../../parts/action';
import { Fact, Facts } from '../../parts/facts';
import { Panel } from '../../parts/panel';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { hoursIn } from '../../words/hours';

export const factsPart = graphql(`fragment FactsPart on Task {
  id place minAge workClass
  district { id name }
  team { id name }
  ngo { id name }
  centre { id name address openingHours }
  availableActions { ...ActionPart }
}`, [actionPart]);

/** Where the task is, for whom, which team does it, and which centre is responsible. */
export function TaskFacts({ task: of }: { task: FragmentOf<typeof factsPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { id, place, availableActions, district, workClass, minAge, team, ngo, centre } = readFragment(factsPart, of);
  return (
    <Panel title={t('task.facts')}>
      <Facts>
        <Fact name={t('task.where')}>{[place, district.name].filter(Boolean).join(', ')}</Fact>
        <Fact name={t('task.work')}>{t(`WorkClass.${workClass}`)}</Fact>
        <Fact name={t('task.age')}>{minAge ? t('tasks.fromAge', { count: minAge }) : t('task.anyAge')}</Fact>
        <Fact name={t('task.team')}><Link to={pathOf('team', team.id)}>{team.name}</Link></Fact>
        <Fact name={t('task.ngo')}><Link to={pathOf('ngo', ngo.id)}>{ngo.name}</Link></Fact>
        <Fact name={t('task.centre')}><Link to={pathOf('centre', centre.id)}>{centre.name}</Link></Fact>
        <Fact name={t('centre.address')}>{centre.address}</Fact>
        <Fact name={t('centre.hours')}>{centre.openingHours && hoursIn(centre.openingHours, format.weekday, t('centre.off'))}</Fact>
      </Facts>
      <Report subjects={[{ id, name: t('ModerationSubject.TASK') }]} of={availableActions} />
    </Panel>
  );
}
