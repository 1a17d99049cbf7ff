import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import look from './page.module.css';

export const certificateRow = graphql(`fragment CertificateRow on Certificate { id number from to minutes shifts issuedAt revokedAt revocation pdfPath }`);

/** The person's certificates, with links to the PDF and to the public page. */
export function Certificates({ certificates: of }: { certificates: readonly FragmentOf<typeof certificateRow>[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (of.length === 0) return <p>{t('record.certificate.none')}</p>;
  return (
    <ul className={look.cards}>
      {of.map((one) => readFragment(certificateRow, one)).map(({ id, number, from, to, minutes, issuedAt, revokedAt, revocation, pdfPath }) => (
        <li key={id} data-revoked={revokedAt ? true : undefined}>
          <h3 translate="no">{number}</h3>
          <p>{dotted(format.length(minutes), format.days(from, to))}</p>
          <p>{revokedAt && revocation ? t('record.certificate.revokedOn', { date: format.date(revokedAt), why: t(`CertificateRevocation.${revocation}`) }) : t('record.certificate.issuedOn', { date: format.date(issuedAt) })}</p>
          <div className={look.ways}>
            {pdfPath && <a href={pdfPath} download>{t('record.certificate.download')}</a>}
            <Link to={pathOf('certificate', number)}>{t('record.certificate.page')}</Link>
          </div>
        </li>
      ))}
    </ul>
  );
}
