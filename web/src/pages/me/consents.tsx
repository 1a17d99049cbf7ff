import { useRef } from 'react';
import { useAct } from '../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { ConsentRow, consentRow } from '../../modules/consent/consent';
import look from '../../modules/consent/consents.module.css';
import { TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import { Panel } from '../../parts/panel';
import { useTranslation } from '../../words';

const scopes = ['TAKING_PART', 'PHOTO', 'NAME'] as const satisfies Enum<'ConsentScope'>[];
const minors: readonly (Enum<'AgeBand'> | null)[] = ['UNDER_14', 'FROM_14_TO_15', 'FROM_16_TO_17'];

export const consentsPart = graphql(`fragment ConsentsPart on Person { id ageBand consents { id scope state ...ConsentRow } }`, [consentRow]);

const requestMutation = graphql(
  `mutation RequestConsent($input: RequestConsentInput!) { requestConsent(input: $input) { consents { id person { id ...ConsentsPart } } } }`,
  [consentsPart],
);

/** For a minor: what a guardian has consented to, and the form that requests what is missing. */
export function Consents({ person: of, reread }: { person: FragmentOf<typeof consentsPart>; reread: () => void }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(requestMutation);
  const list = useRef<HTMLUListElement>(null);
  const { ageBand, consents } = readFragment(consentsPart, of);
  if (!minors.includes(ageBand)) return null;
  const latest = (scope: Enum<'ConsentScope'>) => consents?.find((consent) => consent.scope === scope);
  const missing = scopes.filter((scope) => latest(scope)?.state !== 'GIVEN');
  const wrong = (field: 'guardianEmail' | 'scopes') => (refusal?.fields.includes(field) ? t(`consent.invalid.${field}`) : undefined);

  const request = async ({ guardianEmail = '', ...chosen }: Record<string, string>) => {
    const done = await act({ input: { guardianEmail, scopes: missing.filter((scope) => chosen[scope]) } });
    if (done) list.current?.focus(); // the form is another one now
    else reread();
  };

  return (
    <Panel anchor="consent" title={t('consent.title')}>
      <p className={look.quiet}>{t('consent.below')}</p>
      <ul ref={list} tabIndex={-1} className={look.list}>{scopes.map((scope) => <ConsentRow key={scope} scope={scope} consent={latest(scope)} reread={reread} />)}</ul>
      {missing.length > 0 && (
        // A new form once something was requested: a second tap cannot request the same again.
        <Form key={consents?.map(({ id }) => id).join()} words={t('Action.REQUEST_CONSENT')} busy={busy} refusal={refusal} onSubmit={(values) => void request(values)}>
          <fieldset className={look.scopes} aria-describedby={wrong('scopes') && 'consent-scopes'}>
            <legend>{t('consent.scopes')}</legend>
            {missing.map((scope) => (
              <label key={scope}>
                <input type="checkbox" name={scope} defaultChecked={scope === 'TAKING_PART' && latest(scope)?.state !== 'ASKED'} />
                {t(`ConsentScope.${scope}`)}
              </label>
            ))}
            {wrong('scopes') && <p id="consent-scopes">{wrong('scopes')}</p>}
          </fieldset>
          <TextInput name="guardianEmail" type="email" label={t('consent.email')} description={t('consent.emailHint')} error={wrong('guardianEmail')} autoComplete="off" maxLength={254} required />
        </Form>
      )}
    </Panel>
  );
}
