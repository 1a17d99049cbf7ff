import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { invitation } from '../../modules/account/invitation';
import { useCarried } from '../../modules/account/mailed';
import { ButtonLink } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Loaded, State } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { Accepted, Offer, offerPart, type Taken } from './offer';

const invitationQuery = graphql(
  `query Invitation($token: String!) { invitation(token: $token) { ...OfferPart } viewer { id email } }`,
  [offerPart],
);

/** The page of an invitation's link: the offered role, and how to accept it. */
export default function Invitation() {
  const { t } = useTranslation();
  const carried = useCarried('token');
  const [token] = useState(() => {
    if (carried) invitation.keep(carried);
    return carried || invitation.token();
  });
  return (
    <>
      <Heading below={t('invitation.below')}>{t('invitation.title')}</Heading>
      {token ? <Invited token={token} /> : <NoInvitation />}
    </>
  );
}

function Invited({ token }: { token: string }) {
  const [result, reread] = useQuery({ query: invitationQuery, variables: { token } });
  const [accepted, setAccepted] = useState<Taken>();
  if (accepted) return <Accepted {...accepted} />; // there is no offer any longer
  if (result.error?.graphQLErrors[0]?.extensions.code === 'NOT_FOUND') return <NoInvitation />;
  return (
    <Loaded query={[result, reread]}>
      {({ invitation: offer, viewer }) => <Offer offer={offer} email={viewer?.email ?? undefined} token={token} onAccepted={setAccepted} />}
    </Loaded>
  );
}

function NoInvitation() {
  const { t } = useTranslation();
  return (
    <State title={t('invitation.none')} text={t('invitation.noneText')}>
      <ButtonLink to={paths.home}>{t('missing.home')}</ButtonLink>
    </State>
  );
}
