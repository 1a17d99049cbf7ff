import type { Enum } from '../../graphql';
import { NativeSelect, Textarea } from '../../parts/field';
import { useTranslation } from '../../words';

const reasons = ['INSULT', 'DANGER', 'PRIVATE_DATA', 'SPAM', 'SEXUAL', 'UNTRUE', 'OTHER'] as const satisfies Enum<'ModerationReason'>[];

/** What is wrong, as a code. */
export function ReasonField({ reported }: { reported?: Enum<'ModerationReason'> }) {
  const { t } = useTranslation();
  return <NativeSelect name="reason" label={t('moderation.reason')} defaultValue={reported} data={reasons.map((value) => ({ value, label: t(`ModerationReason.${value}`) }))} />;
}

/** The reason in words, and who will read them. */
export function WordsField({ label, hint }: { label: string; hint: string }) {
  return <Textarea name="words" label={label} description={hint} rows={3} minLength={3} maxLength={1000} required />;
}

/** For how many days somebody is suspended; only officers may suspend without an end, or for more than a month. */
export function DaysField({ city }: { city?: boolean }) {
  const { t } = useTranslation();
  const days = city ? [7, 14, 30, 90, 365] : [7, 14, 30];
  const choices = days.map((count) => ({ value: String(count), label: t('moderation.days', { count }) }));
  return <NativeSelect name="days" label={t('moderation.howLong')} data={city ? [...choices, { value: '', label: t('moderation.forGood') }] : choices} />;
}
