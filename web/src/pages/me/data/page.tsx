import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { ButtonLink } from '../../../parts/button';
import look from '../../../parts/columns.module.css';
import { Heading } from '../../../parts/heading';
import { SignInFirst } from '../../../parts/sign-in-first';
import { Loaded, State } from '../../../parts/states';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { Download } from './download';
import { Erasure } from './erasure';

const dataQuery = graphql(`query OwnData { viewer { id email secondFactor { active } } }`);

/** What the hub stores about the person: to download or to erase. */
export default function Data() {
  const { t } = useTranslation();
  const [erased, setErased] = useState(false);
  if (!erased) return <Kept onErased={() => setErased(true)} />;
  return (
    <>
      <Heading>{t('data.erased')}</Heading>
      <State title={t('data.goodbye')} text={t('data.erasedText')}>
        <ButtonLink to={paths.home}>{t('missing.home')}</ButtonLink>
      </State>
    </>
  );
}

function Kept({ onErased }: { onErased: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ query: dataQuery });
  return (
    <>
      <Heading above={<Link to={paths.me}>{t('shell.me')}</Link>} below={t('data.below')}>{t('data.title')}</Heading>
      <Loaded query={query}>
        {({ viewer }) =>
          viewer ? (
            <div className={look.columns}>
              <div className={look.column}><Download withCode={!!viewer.secondFactor?.active} /></div>
              <div className={look.column}><Erasure withCode={!!viewer.secondFactor?.active} email={viewer.email ?? ''} onErased={onErased} /></div>
            </div>
          ) : (
            <SignInFirst />
          )
        }
      </Loaded>
    </>
  );
}
