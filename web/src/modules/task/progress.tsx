import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Panel } from '../../parts/panel';
import { Timeline } from '../../parts/timeline';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import { Report } from '../moderation/report-button';
import { PhotoRow, photoRow } from '../photos/photo-row';
import look from './progress.module.css';

export const progressPart = graphql(
  `fragment ProgressPart on Task {
    percent createdAt
    updates(first: 12) { nodes { id text language percent createdAt results { metric amount } author { id displayName } photos { id ...PhotoRow } availableActions { ...ActionPart } } }
    photos(first: 20) { nodes { id ...PhotoRow } }
  }`,
  [actionPart, photoRow],
);

/** The photos of the work that are in no update: they show the result. */
export function photosOfResult(of: FragmentOf<typeof progressPart>) {
  const { updates, photos } = readFragment(progressPart, of);
  const posted = new Set(updates.nodes.flatMap((update) => update.photos.map(({ id }) => id)));
  return photos.nodes.filter(({ id }) => !posted.has(id));
}

type Props = {
  task: FragmentOf<typeof progressPart>;
  /** Whether the result, with its photos, is shown beside it. */
  result?: boolean;
};

/** What has happened so far, latest first. */
export function Progress({ task: of, result }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const { percent, updates, createdAt } = readFragment(progressPart, of);
  const begun = { id: 'begun', when: format.moment(createdAt), what: <p>{t('progress.begun')}</p> };
  const steps = updates.nodes.map(({ id, createdAt: at, author, language, text, results, photos, availableActions }) => ({
    id,
    when: dotted(format.moment(at), author.displayName),
    what: (
      <>
        <p lang={language.toLowerCase()}>{text}</p>
        {results.length > 0 && (
          <ul className={look.results}>
            {results.map(({ metric, amount }) => (
              <li key={metric}>{t(`Metric.${metric}`)}: <b>{format.number(amount)}</b></li>
            ))}
          </ul>
        )}
        <PhotoRow photos={photos} subject={text.slice(0, 80)} />
        <Report subjects={[{ id, name: t('ModerationSubject.PROGRESS_UPDATE') }, { id: author.id, name: author.displayName }]} of={availableActions} />
      </>
    ),
  }));
  return (
    <Panel title={t('progress.title')} aside={t('progress.done', { percent })}>
      {!result && <PhotoRow photos={photosOfResult(of)} subject={t('photos.done')} />}
      <Timeline steps={[...steps, begun]} />
    </Panel>
  );
}
