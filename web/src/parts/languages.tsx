import { useTranslation } from 'react-i18next';
import { choose, languages } from '../words';
import look from './languages.module.css';

/** The choice of the language; each names itself. */
export function Languages() {
  const { t, i18n } = useTranslation();
  return (
    <div className={look.languages} role="group" aria-label={t('shell.language')}>
      {languages.map((language) => (
        <button key={language} type="button" lang={language} aria-pressed={language === i18n.language} aria-label={t(`languages.${language}`)} onClick={() => void choose(language)}>
          {t(`languages.short.${language}`)}
        </button>
      ))}
    </div>
  );
}
