import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Textarea } from '../../parts/field';
import { Ways } from '../../parts/ways';
import { useTranslation } from '../../words';

export const revocable = graphql(`fragment Revocable on Certificate { id number revokedAt revocation availableActions { ...ActionPart } }`, [actionPart]);

const revokeMutation = graphql(`mutation RevokeCertificate($input: RevokeCertificateInput!) { revokeCertificate(input: $input) { certificate { id ...Revocable } } }`, [revocable]);

/** Revokes the certificate, for officers and for coordinators of the centre that it is from. */
export function Revoke({ certificate: of }: { certificate: FragmentOf<typeof revocable> }) {
  const { t } = useTranslation();
  const revoke = useAct(revokeMutation);
  const { id, number, revokedAt, availableActions } = readFragment(revocable, of);
  if (revokedAt) return null;
  const fields = <Textarea name="reason" label={t('record.check.why')} description={t('record.check.whyHint')} rows={2} minLength={3} maxLength={1000} required />;
  return <Ways about={id} of={availableActions} ways={[{ ...revoke, action: 'REVOKE_CERTIFICATE', does: ({ reason = '' }) => revoke.act({ input: { number, reason } }), fields }]} onDone={() => {}} />;
}
