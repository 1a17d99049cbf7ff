import type { Refusal } from '../../client/refusal';
import { Button } from '../../parts/button';
import { Textarea, TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import { useTranslation } from '../../words';
import type { Hours } from './row';

export type Verdict = 'APPROVE_HOURS' | 'ADJUST_HOURS' | 'REJECT_HOURS';

type Props = {
  verdict: Verdict;
  hours: readonly Hours[];
  busy: boolean;
  refusal?: Refusal;
  onLeave: () => void;
  onSend: (reason: string, minutes: number) => void;
};

/** What counts instead, if the verdict is to adjust, and the reason. */
export function VerdictForm({ verdict, hours, busy, refusal, onLeave, onSend }: Props) {
  const { t } = useTranslation();
  const most = Math.max(5, ...hours.map(({ startsAt, endsAt }) => Math.floor((Date.parse(endsAt) - Date.parse(startsAt)) / 300_000) * 5));
  const wrong = (field: string) => refusal?.fields.some((name) => name.includes(field));
  return (
    <Form words={t(`Action.${verdict}`)} busy={busy} refusal={refusal} onSubmit={({ reason = '', minutes }) => onSend(reason, Number(minutes))}>
      {verdict === 'ADJUST_HOURS' && (
        <TextInput name="minutes" type="number" inputMode="numeric" min={5} max={most} step={5} label={t('record.answer.minutes')} description={t('record.answer.minutesHint', { most })} defaultValue={hours[0]?.workedMinutes} error={wrong('minutes')} required />
      )}
      <Textarea name="reason" label={t('lead.reason')} description={t('record.answer.reasonHint')} error={wrong('reason') ? t('lead.invalid.reason') : undefined} rows={2} minLength={3} maxLength={1000} required />
      <Button kind="quiet" onClick={onLeave}>{t('lead.leave')}</Button>
    </Form>
  );
}
