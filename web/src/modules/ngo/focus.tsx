import { useTranslation } from 'react-i18next';
import type { Enum } from '../../graphql';
import look from './focus.module.css';

/** The focus of an NGO: a peak in its colour, and the word. */
export function FocusMark({ focus }: { focus: Enum<'Focus'> }) {
  const { t } = useTranslation();
  return <span className={look.mark} data-focus={focus}>{t(`Focus.${focus}`)}</span>;
}
