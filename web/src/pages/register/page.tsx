import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { nextPage } from '../../client/session';
import { graphql } from '../../graphql';
import { useCarried } from '../../modules/account/mailed';
import { Failed, ProviderLink } from '../../modules/account/provider';
import look from '../../parts/form.module.css';
import { Heading } from '../../parts/heading';
import { Loaded } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { NewAccount } from './new-account';

const vouchedQuery = graphql(`query Vouched($token: String!) { pendingIdentity(token: $token) { email givenName familyName } }`);

/** Where people create an account: with a password, vouched for by a provider, or invited. */
export default function Register() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const identityToken = useCarried('oidc');
  return (
    <>
      <Heading below={identityToken ? t('account.vouchedBelow') : t('account.registerBelow')}>{t('account.register')}</Heading>
      {identityToken ? (
        <Vouched token={identityToken} />
      ) : (
        <>
          <NewAccount />
          <ProviderLink to={nextPage(search)} />
        </>
      )}
      <div className={look.links}>
        <Link to={`${paths.signIn}?${search}`}>{t('account.toSignIn')}</Link>
      </div>
    </>
  );
}

function Vouched({ token }: { token: string }) {
  const query = useQuery({ query: vouchedQuery, variables: { token } });
  if (query[0].error?.graphQLErrors[0]?.extensions.code === 'NOT_FOUND') return <Failed code="SIGN_IN_LAPSED" />;
  return <Loaded query={query}>{({ pendingIdentity }) => <NewAccount vouched={{ ...pendingIdentity, token }} />}</Loaded>;
}
