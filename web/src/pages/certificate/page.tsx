import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { refusalOf } from '../../client/refusal';
import { graphql, type ResultOf } from '../../graphql';
import { FindForm } from '../../modules/certificate/find';
import { Button } from '../../parts/button';
import { Fact, Facts } from '../../parts/facts';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { Panel } from '../../parts/panel';
import { useReason } from '../../parts/reason';
import { Loaded, State } from '../../parts/states';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import look from './page.module.css';
import { revocable, Revoke } from './revoke';

const certificateQuery = graphql(
  `query Certificate($number: String!) {
    viewer { id }
    certificate(number: $number) {
      id number initials from to minutes shifts issuedAt revokedAt revocation
      parts { teamName ngoName minutes shifts firstOn lastOn }
      ...Revocable
    }
  }`,
  [revocable],
);

type Shown = NonNullable<ResultOf<typeof certificateQuery>['certificate']>;

/** The page of a printed certificate's QR code: whether it is valid, and what it states. For anyone who has its number. */
export default function Certificate() {
  const { id: number = '' } = useParams();
  const [result, reread] = useQuery({ query: certificateQuery, variables: { number }, requestPolicy: 'network-only' });
  const code = result.error && refusalOf(result.error).code;
  if (code === 'NOT_FOUND' || code === 'INVALID' || code === 'TRY_LATER') return <Unknown code={code} number={number} />;
  return <Loaded query={[result, reread]}>{({ viewer, certificate }) => certificate && <><Told certificate={certificate} />{viewer && <Revoke certificate={certificate} />}</>}</Loaded>;
}

function Unknown({ code, number }: { code: 'NOT_FOUND' | 'INVALID' | 'TRY_LATER'; number: string }) {
  const { t } = useTranslation();
  const reason = useReason();
  const words = { NOT_FOUND: t('record.check.unknown'), INVALID: t('record.check.mistyped'), TRY_LATER: reason('TRY_LATER') };
  return (
    <>
      <Heading>{t('record.check.find')}</Heading>
      <State title={words[code]} text={code === 'TRY_LATER' ? undefined : t('record.check.compare')} />
      <FindForm number={number} />
    </>
  );
}

function Told({ certificate: { number, initials, from, to, minutes, shifts, parts, issuedAt, revokedAt, revocation } }: { certificate: Shown }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <>
      <Heading above={<span>{t('record.check.what')}</span>}>{number}</Heading>
      {revokedAt && revocation ? (
        <Notice kind="warn"><b>{t('record.check.revoked')}</b> {t('record.certificate.revokedOn', { date: format.date(revokedAt), why: t(`CertificateRevocation.${revocation}`) })}</Notice>
      ) : (
        <Notice kind="done"><b>{t('record.check.good')}</b></Notice>
      )}
      <Facts>
        <Fact name={t('record.check.who')} verbatim>{initials ?? t('record.check.nobody')}</Fact>
        <Fact name={t('record.check.hours')}>{format.length(minutes)}</Fact>
        <Fact name={t('record.check.shifts')}>{format.number(shifts)}</Fact>
        <Fact name={t('record.check.days')}>{format.days(from, to)}</Fact>
        <Fact name={t('record.check.issued')}>{`${format.date(issuedAt)}, ${format.time(issuedAt)}`}</Fact>
      </Facts>
      <Panel title={t('record.check.parts')}>
        <ul className={look.parts}>
          {parts.map((part, at) => (
            <li key={at}>
              <b>{part.teamName ?? t('record.check.hidden')}</b>
              <span>{format.length(part.minutes)}</span>
              <p>{dotted(part.ngoName ?? t('record.check.hidden'), format.days(part.firstOn, part.lastOn), t('record.mine.shifts', { count: part.shifts }))}</p>
            </li>
          ))}
        </ul>
      </Panel>
      <p className={look.quiet}>{t('record.check.initials')}</p>
      <div className={look.print}><Button onClick={() => print()}>{t('record.check.print')}</Button></div>
    </>
  );
}
