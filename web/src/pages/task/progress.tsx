import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Panel } from '../../parts/panel';
import { useFormats } from '../../words/dates';
import look from './progress.module.css';

export const progressPart = graphql(`fragment ProgressPart on Task {
  percent createdAt
  updates(first: 20) { nodes { id text language percent createdAt results { metric amount } author { id displayName } } }
}`);

/** What happened so far, the latest first. */
export function Progress({ task: of }: { task: FragmentOf<typeof progressPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { percent, updates, createdAt } = readFragment(progressPart, of);
  return (
    <Panel title={t('progress.title')} aside={t('progress.done', { percent })}>
      <ol className={look.line}>
        {updates.nodes.map((update) => (
          <li key={update.id}>
            <p className={look.when}>
              {format.moment(update.createdAt)} · {update.author.displayName}
            </p>
            <p lang={update.language.toLowerCase()}>{update.text}</p>
            {update.results.length > 0 && (
              <ul className={look.results}>
                {update.results.map(({ metric, amount }) => (
                  <li key={metric}><b>{format.number(amount)}</b> {t(`Metric.${metric}`)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
        <li>
          <p className={look.when}>{format.moment(createdAt)}</p>
          <p>{t('progress.begun')}</p>
        </li>
      </ol>
    </Panel>
  );
}
