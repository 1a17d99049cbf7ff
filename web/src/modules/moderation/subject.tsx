import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './moderation.module.css';

export const subjectPart = graphql(
  `fragment SubjectPart on Node {
    __typename id
    ... on Proposal { title text language author { id displayName } availableActions { ...ActionPart } }
    ... on Task { title description language team { id name } availableActions { ...ActionPart } }
    ... on Shift { place startsAt task { id title language } availableActions { ...ActionPart } }
    ... on ProgressUpdate { text language author { id displayName } task { id title language } availableActions { ...ActionPart } }
    ... on Team { name about language availableActions { ...ActionPart } }
    ... on Ngo { name mission language availableActions { ...ActionPart } }
    ... on Person { displayName }
  }`,
  [actionPart],
);

type Part = FragmentOf<typeof subjectPart> | null;

/** What may be done to a subject. */
export function actionsOf(of: Part) {
  const subject = readFragment(subjectPart, of);
  return subject && 'availableActions' in subject ? subject.availableActions : [];
}

/** The person of a subject: the person itself, or the author; undefined if it is a team's or an NGO's. */
export function personOf(of: Part): { id: string; displayName: string } | undefined {
  const subject = readFragment(subjectPart, of);
  if (subject?.__typename === 'Person') return subject;
  return subject && 'author' in subject ? subject.author : undefined;
}

/** What was reported or decided about, as it is now, with a link to its page. */
export function Subject({ subject: of }: { subject: Part }) {
  const { t } = useTranslation();
  const format = useFormats();
  const subject = readFragment(subjectPart, of);
  if (!subject) return <p className={look.quiet}>{t('moderation.gone')}</p>;
  switch (subject.__typename) {
    case 'Proposal':
      return <Thing title={subject.title} to={pathOf('proposal', subject.id)} lang={subject.language} by={subject.author.displayName}>{subject.text}</Thing>;
    case 'Task':
      return <Thing title={subject.title} to={pathOf('task', subject.id)} lang={subject.language} by={subject.team.name}>{subject.description}</Thing>;
    case 'Shift':
      return <Thing title={subject.task.title} to={pathOf('task', subject.task.id)} lang={subject.task.language} by={format.moment(subject.startsAt)}>{subject.place}</Thing>;
    case 'ProgressUpdate':
      return <Thing title={subject.task.title} to={pathOf('task', subject.task.id)} lang={subject.language} by={subject.author.displayName}>{subject.text}</Thing>;
    case 'Team':
      return <Thing title={subject.name} to={pathOf('team', subject.id)} lang={subject.language}>{subject.about}</Thing>;
    case 'Ngo':
      return <Thing title={subject.name} to={pathOf('ngo', subject.id)} lang={subject.language}>{subject.mission}</Thing>;
    case 'Person':
      return <Thing title={subject.displayName} />;
    default:
      return null;
  }
}

function Thing({ title, to, lang, by, children }: { title: string; to?: string; lang?: string; by?: string; children?: ReactNode }) {
  return (
    <blockquote className={look.thing} lang={lang?.toLowerCase()}>
      <h3>{to ? <Link to={to}>{title}</Link> : title}</h3>
      {by && <p className={look.quiet}>{by}</p>}
      {children && <p>{children}</p>}
    </blockquote>
  );
}
