import { useAct } from '../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { Button } from '../../parts/button';
import { Languages } from '../../parts/languages';
import { Refused } from '../../parts/notice';
import { useTranslation } from '../../words';
import look from './page.module.css';

export const languagePart = graphql(`fragment LanguagePart on Person { language }`);

const mailMutation = graphql(`mutation MailLanguage($input: UpdateProfileInput!) { updateProfile(input: $input) { person { id language } } }`);

/** The language of the app, and that of emails if it differs. */
export function Language({ person }: { person: FragmentOf<typeof languagePart> }) {
  const { t, i18n } = useTranslation();
  const { act, busy, refusal } = useAct(mailMutation);
  const { language } = readFragment(languagePart, person);
  const here = i18n.language.toUpperCase() as Enum<'Language'>;
  return (
    <>
      <Languages />
      {language === here && <p className={look.quiet}>{t('me.mailsToo')}</p>}
      {language && language !== here && (
        <div className={look.none}>
          <p>{t(`me.mailsIn.${language}`)}</p>
          <Refused refusal={refusal} />
          <Button busy={busy} onClick={() => void act({ input: { language: here } })}>{t('me.mailsHere')}</Button>
        </div>
      )}
    </>
  );
}
