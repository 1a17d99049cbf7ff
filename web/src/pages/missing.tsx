import { ButtonLink } from '../parts/button';
import { Heading } from '../parts/heading';
import { State } from '../parts/states';
import { paths } from '../paths';
import { useTranslation } from '../words';

/** For an address without a page. */
export default function Missing() {
  const { t } = useTranslation();
  return (
    <>
      <Heading>{t('missing.title')}</Heading>
      <State title={t('missing.heading')} text={t('missing.text')}>
        <ButtonLink to={paths.home}>{t('missing.home')}</ButtonLink>
      </State>
    </>
  );
}
