import type { FragmentOf } from '../../graphql';
import { useTranslation } from '../../words';
import { Decision, type decisionPart } from './decision';
import look from './moderation.module.css';
import { Report, type reportPart } from './report';

type Reports = { reports: readonly ({ id: string } & FragmentOf<typeof reportPart>)[]; reread: () => void; city?: boolean };

/** The open reports, oldest first. */
export function Reports({ reports, reread, city }: Reports) {
  const { t } = useTranslation();
  if (reports.length === 0) return <p className={look.quiet}>{t('moderation.noReports')}</p>;
  return <ul className={look.list}>{reports.map((report) => <Report key={report.id} report={report} reread={reread} city={city} />)}</ul>;
}

type Decisions = { decisions: readonly ({ id: string } & FragmentOf<typeof decisionPart>)[]; reread: () => void; none: string };

/** Decisions, such as those that somebody appealed. */
export function Decisions({ decisions, reread, none }: Decisions) {
  if (decisions.length === 0) return <p className={look.quiet}>{none}</p>;
  return <ul className={look.list}>{decisions.map((decision) => <Decision key={decision.id} decision={decision} reread={reread} />)}</ul>;
}
