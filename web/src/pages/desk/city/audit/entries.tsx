import { Link, useLocation, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../../../graphql';
import { useReason } from '../../../../parts/reason';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { withFilter } from './filter';
import look from './page.module.css';
import { useAuditWords } from './words';
import { dotted } from '../../../../words/dotted';

export const entryRow = graphql(`fragment CityEntry on AuditEntry { id at person { id displayName } roles action subjects outcome }`);

/** What entries are about, by name if it has one: read after the entries are shown. */
const subjectsQuery = graphql(`query CityAuditSubjects($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename id
    ... on Centre { name }
    ... on Ngo { name }
    ... on Team { name }
    ... on District { name }
    ... on Task { title }
    ... on Proposal { title }
    ... on SpecialDay { day name }
    ... on Person { displayName }
    ... on Grant { role person { id displayName } }
    ... on Membership { person { id displayName } }
    ... on Signup { person { id displayName } }
    ... on Decision { subject { id ... on Person { displayName } } }
  }
}`);

type Subject = NonNullable<NonNullable<ResultOf<typeof subjectsQuery>['nodes']>[number]>;

/** The maximum number to ask for at once. */
const most = 100;

/** A page of the audit log: when, who, what, and to what. Names are links to further entries. */
export function Entries({ entries: of }: { entries: readonly FragmentOf<typeof entryRow>[] }) {
  const entries = of.map((part) => readFragment(entryRow, part));
  const ids = [...new Set(entries.flatMap(({ subjects }) => subjects))].slice(0, most);
  const [{ data }] = useQuery({ query: subjectsQuery, variables: { ids }, pause: ids.length === 0 });
  const found = new Map(data?.nodes?.flatMap((node) => (node ? [[node.id, node] as const] : [])));
  return (
    <ul className={look.list}>
      {entries.map((entry) => <Entry key={entry.id} entry={entry} about={[...new Set(entry.subjects)].flatMap((id) => found.get(id) ?? [])} />)}
    </ul>
  );
}

function Entry({ entry, about }: { entry: ResultOf<typeof entryRow>; about: Subject[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const reason = useReason();
  const words = useAuditWords();
  const named = useName();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const { at, person, roles, action, outcome } = entry;
  const only = (name: string, id: string) => `${pathname}?${withFilter(search, name, id)}`;
  return (
    <li className={look.entry}>
      <time className={look.when} dateTime={at}>{format.moment(at)}</time>
      <span className={look.who}>
        {person ? <Link to={only('person', person.id)}>{person.displayName}</Link> : t('audit.nobody')}
        {roles.length > 0 && <span> {roles.map((role) => t(`HeldRole.${role}`)).join(', ')}</span>}
      </span>
      <span>{words(action)}</span>
      {outcome && <span className={`${look.refused} ${look.more}`}>{t('audit.refused', { reason: reason(outcome) })}</span>}
      <span className={`${look.about} ${look.more}`}>{about.map((subject) => <Link key={subject.id} to={only('subject', subject.id)}>{named(subject)}</Link>)}</span>
    </li>
  );
}

function useName(): (subject: Subject) => string {
  const { t } = useTranslation();
  const format = useFormats();
  return (subject) => {
    if ('day' in subject) return dotted(format.date(subject.day), subject.name);
    if ('name' in subject) return subject.name;
    if ('title' in subject) return subject.title;
    if ('displayName' in subject) return subject.displayName;
    const thing = 'role' in subject ? t(`Role.${subject.role}`) : t(`audit.thing.${subject.__typename}`);
    const whose = 'person' in subject ? subject.person : 'subject' in subject ? subject.subject : undefined;
    return whose && 'displayName' in whose ? t('audit.whose', { thing, name: whose.displayName }) : thing;
  };
}
