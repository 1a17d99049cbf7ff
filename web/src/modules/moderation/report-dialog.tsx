import { useState } from 'react';
import { useAct } from '../../client/act';
import { type Enum, graphql } from '../../graphql';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { NativeSelect, Textarea } from '../../parts/field';
import { Form } from '../../parts/form';
import { Notice } from '../../parts/notice';
import { useTranslation } from '../../words';

const reasons = ['INSULT', 'DANGER', 'PRIVATE_DATA', 'SPAM', 'SEXUAL', 'UNTRUE', 'OTHER'] as const satisfies Enum<'ModerationReason'>[];

const reportMutation = graphql(`mutation ReportContent($input: ReportContentInput!) { reportContent(input: $input) { report { id state } } }`);

/** Reports something, in a dialog over the page. */
export default function ReportDialog({ subjects, onClose }: { subjects: { id: string; name: string }[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(reportMutation);
  const [done, setDone] = useState(false);
  const [reason, setReason] = useState<Enum<'ModerationReason'>>('INSULT');

  const report = async ({ subjectId = '', words }: Record<string, string>) => {
    const sent = await act({ input: { subjectId, reason, words: words || undefined } });
    setDone(!!sent);
    return sent;
  };

  return (
    <Dialog title={t('report.title')} onClose={onClose}>
      {(close) => done ? (
        <>
          <Notice kind="done">{t('report.done')}</Notice>
          <Button kind="main" onClick={() => close()} autoFocus>{t('report.close')}</Button>
        </>
      ) : (
        <>
          <p>{t('report.below')}</p>
          <Form words={t('report.send')} draft={`report ${subjects[0]?.id}`} busy={busy} refusal={refusal} onSubmit={report}>
            {subjects.length > 1 ? (
              <NativeSelect name="subjectId" label={t('report.about')} data={subjects.map(({ id, name }) => ({ value: id, label: name }))} />
            ) : (
              <input type="hidden" name="subjectId" value={subjects[0]?.id} />
            )}
            <NativeSelect label={t('report.reason')} value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value as Enum<'ModerationReason'>)} data={reasons.map((value) => ({ value, label: t(`ModerationReason.${value}`) }))} />
            <Textarea name="words" label={t('report.words')} description={reason === 'OTHER' ? undefined : t('report.optional')} error={refusal?.fields.includes('words') ? t('report.invalid') : undefined} rows={3} maxLength={1000} required={reason === 'OTHER'} />
          </Form>
          <Button kind="quiet" onClick={() => close()}>{t('report.leave')}</Button>
        </>
      )}
    </Dialog>
  );
}
