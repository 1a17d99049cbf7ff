import { Link } from 'react-router';
import { useAct } from '../../client/act';
import { signInFirst, useNewSession } from '../../client/session';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { invitation } from '../../modules/account/invitation';
import { needsFactor } from '../../modules/account/roles';
import { Button, ButtonLink } from '../../parts/button';
import { Fact, Facts } from '../../parts/facts';
import look from '../../parts/form.module.css';
import { Notice, Refused } from '../../parts/notice';
import { pathOf, paths } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';

export const offerPart = graphql(`fragment OfferPart on InvitationOffer { email role centre { id name } ngo { id name } team { id name } expiresAt }`);

const acceptMutation = graphql(`mutation AcceptInvitation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { person { id } } }`);

/** The offered role; email is the signed-in person's. */
type Props = { offer: FragmentOf<typeof offerPart>; email?: string; token: string; onAccepted: (role: Taken) => void };

/** The role that somebody has accepted, and the address of where it is held. */
export type Taken = { role: Enum<'InvitedRole'>; to: string };

export function Offer({ offer: of, email, token, onAccepted }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const renew = useNewSession();
  const { act, busy, refusal } = useAct(acceptMutation);
  const { role, centre, ngo, team, email: invited, expiresAt } = readFragment(offerPart, of);

  const accept = async () => {
    if (!(await act({ input: { token } }))) return;
    invitation.forget();
    onAccepted({ role, to: team ? pathOf('team', team.id) : ngo ? pathOf('ngo', ngo.id) : centre ? pathOf('centre', centre.id) : paths.me });
    renew();
  };

  const facts = (
    <Facts>
      <Fact name={t('invitation.role')}>{t(`InvitedRole.${role}`)}</Fact>
      <Fact name={t('invitation.at')}>{team?.name ?? ngo?.name ?? centre?.name}</Fact>
      <Fact name={t('invitation.for')} verbatim>{invited}</Fact>
      <Fact name={t('invitation.until')}>{format.moment(expiresAt)}</Fact>
    </Facts>
  );
  if (!email) {
    return (
      <>
        {facts}
        <div className={look.form}>
          <ButtonLink kind="main" to={`${paths.register}?invited`}>{t('invitation.register')}</ButtonLink>
          <ButtonLink to={signInFirst(paths.invitation)}>{t('invitation.signIn')}</ButtonLink>
        </div>
      </>
    );
  }
  return (
    <>
      {facts}
      <div className={look.form}>
        <p>{t('invitation.signedIn', { email })}</p>
        <Refused refusal={refusal} />
        <Button kind="main" busy={busy} onClick={() => void accept()}>{t('Action.ACCEPT_INVITATION')}</Button>
      </div>
      {refusal?.code === 'OTHER_EMAIL' && <div className={look.links}><Link to={signInFirst(paths.invitation)}>{t('invitation.other')}</Link></div>}
    </>
  );
}

export function Accepted({ role, to }: Taken) {
  const { t } = useTranslation();
  return (
    <div className={look.form}>
      <Notice kind="done">{t('invitation.accepted', { role: t(`InvitedRole.${role}`) })}</Notice>
      {needsFactor(role) && <Notice kind="wait">{t('me.rolesWait')}</Notice>}
      {needsFactor(role) ? <ButtonLink kind="main" to={paths.security}>{t('me.toFactor')}</ButtonLink> : <ButtonLink kind="main" to={to}>{t('invitation.go')}</ButtonLink>}
    </div>
  );
}
