import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Heading } from '../../../parts/heading';
import { Panel } from '../../../parts/panel';
import { SignInFirst } from '../../../parts/sign-in-first';
import { Loaded } from '../../../parts/states';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { Certificates, certificateRow } from './certificates';
import { HoursList, workedPart } from './hours';
import { Issue } from './issue';
import look from './page.module.css';
import { Period, type Days, daysOf } from './period';

const recordQuery = graphql(
  `query MyRecord($from: Date, $to: Date) {
    viewer {
      id
      hours(first: 20) { nodes { id ...WorkedPart } }
      certificates(first: 20) { nodes { id ...CertificateRow } }
    }
    myRecord(from: $from, to: $to) {
      minutes shifts pendingMinutes pendingShifts
      teams { minutes shifts team { id name } }
      focuses { focus minutes shifts }
      months { month minutes shifts }
    }
  }`,
  [workedPart, certificateRow],
);

/** What a person has worked: what counts and what is waiting, for whom and when, and the certificates. */
export default function Record() {
  const { t } = useTranslation();
  const format = useFormats();
  const [days, setDays] = useState<Days>(() => daysOf('ever'));
  const query = useQuery({ query: recordQuery, variables: { from: days.from || undefined, to: days.to || undefined } });
  return (
    <Loaded query={query}>
      {({ viewer, myRecord }, reread) => {
        if (!viewer || !myRecord) return <SignInFirst />;
        const { minutes, shifts, pendingMinutes, pendingShifts, teams, focuses, months } = myRecord;
        return (
          <>
            <Heading above={<Link to={paths.me}>{t('shell.me')}</Link>}>{t('record.mine.title')}</Heading>
            <Period days={days} onChange={setDays} />
            <div className={look.sums} role="status">
              <p><b>{format.length(minutes)}</b>{t('record.mine.counts', { count: shifts })}</p>
              {pendingShifts > 0 && <p data-waits><b>{format.length(pendingMinutes)}</b>{t('record.mine.waits', { count: pendingShifts })}</p>}
            </div>
            <div className={look.columns}>
              <div className={look.main}>
                {minutes > 0 && (
                  <>
                    <Panel title={t('record.mine.teams')}>
                      <Rows rows={teams.map((one) => ({ name: one.team?.name ?? t('record.mine.hidden'), minutes: one.minutes, shifts: one.shifts }))} />
                    </Panel>
                    <Panel title={t('record.mine.focuses')}>
                      <Rows rows={focuses.map(({ focus, ...one }) => ({ name: t(`Focus.${focus}`), ...one }))} />
                    </Panel>
                    <Panel title={t('record.mine.months')}>
                      <Rows rows={months.map(({ month, ...one }) => ({ name: format.monthOf(month), ...one }))} />
                    </Panel>
                  </>
                )}
                <Panel title={t('record.mine.last')}><HoursList hours={viewer.hours?.nodes ?? []} /></Panel>
              </div>
              <div className={look.main}>
                <Panel title={t('record.mine.certificates')} anchor="certificates">
                  <Certificates certificates={viewer.certificates?.nodes ?? []} />
                  <Issue key={`${days.from} ${days.to}`} days={days} months={months.map(({ month }) => month)} teams={teams.flatMap(({ team }) => team ?? [])} onIssued={reread} />
                </Panel>
              </div>
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

/** What counts, with a bar for each row, relative to the longest. */
function Rows({ rows }: { rows: { name: string; minutes: number; shifts: number }[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const most = Math.max(...rows.map(({ minutes }) => minutes));
  return (
    <ul className={look.rows}>
      {rows.map(({ name, minutes, shifts }, number) => (
        <li key={number}>
          <span>{name}</span>
          <b>{format.length(minutes)}</b>
          <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><path d={`M0 0h${(100 * minutes) / most}v1H0z`} /></svg>
          <small>{t('record.mine.shifts', { count: shifts })}</small>
        </li>
      ))}
    </ul>
  );
}
