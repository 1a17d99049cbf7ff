import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { factorFirstPart } from '../../../modules/account/factor-first';
import { useCarried } from '../../../modules/account/mailed';
import { Failed } from '../../../modules/account/provider';
import { RolesWait } from '../../../modules/account/roles-wait';
import look from '../../../parts/columns.module.css';
import { Heading } from '../../../parts/heading';
import { SignInFirst } from '../../../parts/sign-in-first';
import { Loaded } from '../../../parts/states';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { EmailPanel, emailPart } from './email';
import { FactorPanel, factorPart } from './factor';
import { Identities, identitiesPart } from './identities';
import { PasswordPanel } from './password';

const securityQuery = graphql(
  `query Security { viewer { id ...FactorFirstPart ...FactorPart ...EmailPart ...IdentitiesPart } }`,
  [factorFirstPart, factorPart, emailPart, identitiesPart],
);

/** How the account is signed in to: second factor, password, email, and other ways. */
export default function Security() {
  const { t } = useTranslation();
  const query = useQuery({ query: securityQuery });
  const failed = useCarried('error');
  return (
    <>
      <Heading above={<Link to={paths.me}>{t('shell.me')}</Link>} below={t('security.below')}>{t('security.title')}</Heading>
      <Failed code={failed} />
      <Loaded query={query}>
        {({ viewer }, reread) =>
          viewer ? (
            <>
              <RolesWait person={viewer} />
              <div className={look.columns}>
                <div className={look.column}><FactorPanel person={viewer} reread={reread} /></div>
                <div className={look.column}>
                  <PasswordPanel />
                  <EmailPanel person={viewer} />
                  <Identities person={viewer} failed={failed} reread={reread} />
                </div>
              </div>
            </>
          ) : (
            <SignInFirst />
          )
        }
      </Loaded>
    </>
  );
}
