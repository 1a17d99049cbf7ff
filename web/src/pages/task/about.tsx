import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { FocusMark } from '../../parts/focus';
import { Panel } from '../../parts/panel';
import look from './about.module.css';

export const aboutPart = graphql(`fragment AboutPart on Task {
  description language place minAge workClass cancelReason
  district { id name }
  team { id name memberCount }
  ngo { id name focus }
  centre { id name address hours }
}`);

/** What the task is, who does it, and who answers for it. */
export function About({ task: of }: { task: FragmentOf<typeof aboutPart> }) {
  const { t } = useTranslation();
  const task = readFragment(aboutPart, of);
  return (
    <div className={look.about}>
      <Panel title={t('task.about')} aside={<FocusMark focus={task.ngo.focus} />}>
        <div className={look.description} lang={task.language.toLowerCase()}>
          {task.description.split(/\n+/).map((line, index) => <p key={index}>{line}</p>)}
        </div>
        {task.cancelReason && <p>{t('task.cancelled', { reason: task.cancelReason })}</p>}
        <dl className={look.facts}>
          <Fact name={t('task.where')}>{[task.place, task.district.name].filter(Boolean).join(', ')}</Fact>
          <Fact name={t('task.work')}>{t(`WorkClass.${task.workClass}`)}</Fact>
          <Fact name={t('task.age')}>{task.minAge ? t('tasks.fromAge', { count: task.minAge }) : t('task.anyAge')}</Fact>
        </dl>
      </Panel>
      <Panel title={t('task.who')}>
        <dl className={look.facts}>
          <Fact name={t('task.team')}>{t('task.teamOf', { team: task.team.name, count: task.team.memberCount })}</Fact>
          <Fact name={t('task.ngo')}>{task.ngo.name}</Fact>
          <Fact name={t('task.centre')}>{[task.centre.name, task.centre.address, task.centre.hours].filter(Boolean).join(' · ')}</Fact>
        </dl>
      </Panel>
    </div>
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
