import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../graphql';
import { Notice } from '../../parts/notice';
import { Panel } from '../../parts/panel';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import way from './decisions.module.css';
import look from './membership.module.css';
import page from './page.module.css';

export const decisionRow = graphql(`fragment DecisionRow on Decision { id kind subjectType state until decidedAt }`);

type Props = { decisions: readonly FragmentOf<typeof decisionRow>[] };

/** Decisions about me and about what I wrote or lead; nothing if there are none. */
export function Decisions({ decisions }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  if (decisions.length === 0) return null;
  const titleOf = ({ kind, subjectType }: ResultOf<typeof decisionRow>) => {
    if (kind === 'SUSPEND') return t('decision.suspended');
    return subjectType === 'PERSON' ? t('decision.hiddenName') : t('decision.hiddenWhat', { what: t(`ModerationSubject.${subjectType}`) });
  };
  return (
    <Panel title={t('me.decisions')}>
      <ul className={page.list}>
        {decisions.map((part) => readFragment(decisionRow, part)).map((row) => (
          <li key={row.id} className={look.membership}>
            <h3><Link to={pathOf('decision', row.id)}>{titleOf(row)}</Link></h3>
            <p>{t('decision.on', { state: t(`DecisionState.${row.state}`), date: format.date(row.decidedAt) })}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Says that the account is suspended, until when, and where the reason and the appeal are. */
export function Suspension({ decisions }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const live = ['IN_FORCE', 'APPEALED', 'UPHELD'];
  const found = decisions.map((part) => readFragment(decisionRow, part)).find(({ kind, state }) => kind === 'SUSPEND' && live.includes(state));
  if (!found) return null;
  return (
    <Notice kind="warn">
      <p>{found.until ? t('me.suspendedUntil', { date: format.moment(found.until) }) : t('me.suspended')}</p>
      <Link className={way.way} to={pathOf('decision', found.id)}>{t('me.toDecision')}</Link>
    </Notice>
  );
}
