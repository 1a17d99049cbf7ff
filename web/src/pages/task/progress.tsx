import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Panel } from '../../parts/panel';
import { Report } from '../../parts/report';
import { Timeline } from '../../parts/timeline';
import { useFormats } from '../../words/dates';
import look from './progress.module.css';

export const progressPart = graphql(`fragment ProgressPart on Task {
  percent createdAt
  updates(first: 20) { nodes { id text language percent createdAt results { metric amount } author { id displayName } availableActions { ...ActionPart } } }
}`, [actionPart]);

/** What happened so far, the latest first. */
export function Progress({ task: of }: { task: FragmentOf<typeof progressPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { percent, updates, createdAt } = readFragment(progressPart, of);
  const begun = { id: 'begun', when: format.moment(createdAt), what: <p>{t('progress.begun')}</p> };
  const steps = updates.nodes.map(({ id, createdAt: at, author, language, text, results, availableActions }) => ({
    id,
    when: `${format.moment(at)} · ${author.displayName}`,
    what: (
      <>
        <p lang={language.toLowerCase()}>{text}</p>
        {results.length > 0 && (
          <ul className={look.results}>
            {results.map(({ metric, amount }) => (
              <li key={metric}><b>{format.number(amount)}</b> {t(`Metric.${metric}`)}</li>
            ))}
          </ul>
        )}
        <Report subjects={[{ id, name: t('ModerationSubject.PROGRESS_UPDATE') }, { id: author.id, name: author.displayName }]} of={availableActions} />
      </>
    ),
  }));
  return (
    <Panel title={t('progress.title')} aside={t('progress.done', { percent })}>
      <Timeline steps={[...steps, begun]} />
    </Panel>
  );
}
