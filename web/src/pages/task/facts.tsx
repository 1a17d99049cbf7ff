import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Panel } from '../../parts/panel';
import look from './facts.module.css';

export const factsPart = graphql(`fragment FactsPart on Task {
  place minAge workClass
  district { id name }
  team { id name memberCount }
  ngo { id name }
  centre { id name address hours }
}`);

/** Where it is, for whom, who does it, and who answers for it. */
export function Facts({ task: of }: { task: FragmentOf<typeof factsPart> }) {
  const { t } = useTranslation();
  const { place, district, workClass, minAge, team, ngo, centre } = readFragment(factsPart, of);
  return (
    <Panel title={t('task.facts')}>
      <dl className={look.facts}>
        <Fact name={t('task.where')}>{[place, district.name].filter(Boolean).join(', ')}</Fact>
        <Fact name={t('task.work')}>{t(`WorkClass.${workClass}`)}</Fact>
        <Fact name={t('task.age')}>{minAge ? t('tasks.fromAge', { count: minAge }) : t('task.anyAge')}</Fact>
        <Fact name={t('task.team')}>{t('task.teamOf', { team: team.name, count: team.memberCount })}</Fact>
        <Fact name={t('task.ngo')}>{ngo.name}</Fact>
        <Fact name={t('task.centre')}>{[centre.name, centre.address, centre.hours].filter(Boolean).join(' · ')}</Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
