import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, graphql, type ResultOf, readFragment } from '../../graphql';
import { pathOf } from '../paths';

export const subjectPart = graphql(`fragment SubjectPart on Decision {
  subjectType
  subject {
    __typename
    id
    ... on Proposal { title }
    ... on Task { title }
    ... on Shift { task { id title } }
    ... on ProgressUpdate { text task { id title } }
    ... on Team { name }
    ... on Ngo { name }
    ... on Person { displayName }
  }
}`);

/** What a decision is about, with a link where the viewer still sees it. */
export function Subject({ decision }: { decision: FragmentOf<typeof subjectPart> }) {
  const { t } = useTranslation();
  const { subjectType, subject } = readFragment(subjectPart, decision);
  const { name, path } = shown(subject);
  return (
    <p>
      {t(`ModerationSubject.${subjectType}`)}
      {name && <>: {path ? <Link to={path}>{name}</Link> : name}</>}
    </p>
  );
}

function shown(subject: ResultOf<typeof subjectPart>['subject']): { name?: string; path?: string } {
  switch (subject?.__typename) {
    case 'Proposal':
      return { name: subject.title, path: pathOf('proposal', subject.id) };
    case 'Task':
      return { name: subject.title, path: pathOf('task', subject.id) };
    case 'Shift':
      return { name: subject.task.title, path: pathOf('task', subject.task.id) };
    case 'ProgressUpdate':
      return { name: subject.text, path: pathOf('task', subject.task.id) };
    case 'Team':
      return { name: subject.name, path: pathOf('team', subject.id) };
    case 'Ngo':
      return { name: subject.name, path: pathOf('ngo', subject.id) };
    case 'Person':
      return { name: subject.displayName };
  }
  return {};
}
