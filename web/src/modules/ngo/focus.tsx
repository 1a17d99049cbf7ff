import type { Enum } from '../../graphql';
import { useTranslation } from '../../words';
import look from './focus.module.css';

/** The focus of an NGO: a peak in its colour, and the word. */
export function FocusMark({ focus }: { focus: Enum<'Focus'> }) {
  const { t } = useTranslation();
  return <span className={look.mark} data-focus={focus}>{t(`Focus.${focus}`)}</span>;
}
