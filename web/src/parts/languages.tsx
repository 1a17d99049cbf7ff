import { useEffect, useState } from 'react';
import { type RequestPolicy, useClient } from 'urql';
import { useAct } from '../client/act';
import { type Enum, graphql } from '../graphql';
import { choose, type Language, languages, useTranslation } from '../words';
import look from './languages.module.css';

const spokenQuery = graphql(`query Spoken { viewer { id language } }`);
const speakMutation = graphql(`mutation Speak($input: UpdateProfileInput!) { updateProfile(input: $input) { person { id language } } }`);

/** The choice of the language; each is named in itself. For a signed-in person it is also the language of emails. */
export function Languages() {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { act } = useAct(speakMutation);
  const [chosen, setChosen] = useState<Language>();
  useEffect(() => {
    if (!chosen) return;
    const language = chosen.toUpperCase() as Enum<'Language'>;
    const spoken = (requestPolicy?: RequestPolicy) => client.query(spokenQuery, {}, { requestPolicy }).toPromise();
    void spoken().then(async ({ data }) => {
      if (!data?.viewer || data.viewer.language === language) return;
      await act({ input: { language } });
      await spoken('network-only'); // answers to earlier questions may arrive later
    });
  }, [chosen, client]);

  return (
    <div className={look.languages} role="group" aria-label={t('shell.language')}>
      {languages.map((language) => (
        <button key={language} type="button" lang={language} aria-pressed={language === i18n.language} aria-label={t(`languages.${language}`)} onClick={() => void choose(language).then(() => setChosen(language))}>
          {t(`languages.short.${language}`)}
        </button>
      ))}
    </div>
  );
}
