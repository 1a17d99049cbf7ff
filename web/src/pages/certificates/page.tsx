import { FindForm } from '../../modules/certificate/find';
import { Heading } from '../../parts/heading';
import { useTranslation } from '../../words';

/** Where people type a number that they have on paper. */
export default function FindCertificate() {
  const { t } = useTranslation();
  return (
    <>
      <Heading below={t('record.check.below')}>{t('record.check.find')}</Heading>
      <FindForm />
    </>
  );
}
