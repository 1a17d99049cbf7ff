import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import look from './due.module.css';

export const duePart = graphql(`fragment DuePart on Proposal { id state reactBy decideBy overdue }`);

/** The deadline of the centre's next step, and whether it has passed; nothing after the centre has answered. */
export function Due({ proposal }: { proposal: FragmentOf<typeof duePart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { state, reactBy, decideBy, overdue } = readFragment(duePart, proposal);
  if (state === 'NEEDS_INFO') return <span className={look.due}>{t('due.stands')}</span>;
  const words = state === 'SUBMITTED' ? t('due.react', { date: format.date(reactBy) }) : state === 'IN_REVIEW' && decideBy && t('due.decide', { date: format.date(decideBy) });
  if (!words) return null;
  return <span className={look.due} data-late={overdue || undefined}>{overdue ? dotted(t('due.late'), words) : words}</span>;
}
