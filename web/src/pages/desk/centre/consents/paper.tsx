import { useAct } from '../../../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { ConsentRow, consentRow } from '../../../../modules/consent/consent';
import scopesLook from '../../../../modules/consent/consents.module.css';
import look from '../../../../modules/desk/centre/centre.module.css';
import { Textarea, TextInput } from '../../../../parts/field';
import { Form } from '../../../../parts/form';
import { Opened } from '../../../../parts/opened';
import { useTranslation } from '../../../../words';
import { dayOf } from '../../../../words/dates';

export const paperPart = graphql(`fragment PaperPart on Person { id displayName ageBand consents { id scope state ...ConsentRow } }`, [consentRow]);

const recordMutation = graphql(
  `mutation RecordConsent($input: RecordConsentInput!) { recordConsent(input: $input) { consents { id person { id ...PaperPart } } } }`,
  [paperPart],
);

const scopes = ['TAKING_PART', 'PHOTO', 'NAME'] as const satisfies Enum<'ConsentScope'>[];

/** The person a paper is about, as far as a coordinator may see: the state of each consent, and the form for what was signed. */
export function Paper({ person: of }: { person: FragmentOf<typeof paperPart> }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(recordMutation);
  const { id, displayName, ageBand, consents } = readFragment(paperPart, of);
  const latest = (scope: Enum<'ConsentScope'>) => consents?.find((consent) => consent.scope === scope);
  const missing = scopes.filter((scope) => latest(scope)?.state !== 'GIVEN');
  const today = dayOf(new Date());
  const record = ({ seenOn = '', note, ...chosen }: Record<string, string>) =>
    act({ input: { personId: id, seenOn, note: note || undefined, scopes: missing.filter((scope) => chosen[scope]) } });
  return (
    <Opened title={displayName} above={ageBand && <span>{t(`AgeBand.${ageBand}`)}</span>}>
      <ul className={look.list}>{scopes.map((scope) => <ConsentRow key={scope} scope={scope} consent={latest(scope)} reread={() => {}} byCentre />)}</ul>
      {missing.length > 0 && (
        <Form key={consents?.map((consent) => consent.id).join()} words={t('Action.RECORD_CONSENT')} draft={`paper ${id}`} busy={busy} refusal={refusal} onSubmit={record}>
          <fieldset className={scopesLook.scopes} aria-describedby={refusal?.fields.includes('scopes') ? 'paper-scopes' : undefined}>
            <legend>{t('paper.signed')}</legend>
            {missing.map((scope) => (
              <label key={scope}>
                <input type="checkbox" name={scope} defaultChecked={scope === 'TAKING_PART'} />
                {t(`ConsentScope.${scope}`)}
              </label>
            ))}
            {refusal?.fields.includes('scopes') && <p id="paper-scopes">{t('consent.invalid.scopes')}</p>}
          </fieldset>
          <TextInput name="seenOn" type="date" label={t('paper.seenOn')} defaultValue={today} max={today} required />
          <Textarea name="note" label={t('paper.note')} description={t('paper.noteHint')} rows={2} maxLength={500} />
        </Form>
      )}
    </Opened>
  );
}
