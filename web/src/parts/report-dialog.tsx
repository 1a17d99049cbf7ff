import { NativeSelect, Textarea } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../client/act';
import { type Enum, graphql } from '../graphql';
import { Button } from './button';
import { Form } from './form';
import { Notice } from './notice';
import look from './report-dialog.module.css';

const reasons = ['INSULT', 'DANGER', 'PRIVATE_DATA', 'SPAM', 'SEXUAL', 'UNTRUE', 'OTHER'] as const satisfies Enum<'ModerationReason'>[];

const reportMutation = graphql(`mutation ReportContent($input: ReportContentInput!) { reportContent(input: $input) { report { id state } } }`);

/** What is wrong, in a dialog over the page. */
export default function ReportDialog({ subjects, onClose }: { subjects: { id: string; name: string }[]; onClose: () => void }) {
  const { t } = useTranslation();
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { act, busy, refusal } = useAct(reportMutation);
  const [done, setDone] = useState(false);
  const [reason, setReason] = useState<Enum<'ModerationReason'>>('INSULT');
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();

  const report = async ({ subjectId = '', words }: Record<string, string>) => {
    setDone(!!(await act({ input: { subjectId, reason, words: words || undefined } })));
  };

  return (
    <dialog ref={dialog} className={look.dialog} aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>{t('report.title')}</h2>
      {done ? (
        <>
          <Notice kind="done">{t('report.done')}</Notice>
          <Button kind="main" onClick={close} autoFocus>{t('report.close')}</Button>
        </>
      ) : (
        <>
          <p className={look.quiet}>{t('report.below')}</p>
          <Form words={t('report.send')} busy={busy} refusal={refusal} onSubmit={(values) => void report(values)}>
            {subjects.length > 1 ? (
              <NativeSelect name="subjectId" label={t('report.about')} data={subjects.map(({ id, name }) => ({ value: id, label: name }))} />
            ) : (
              <input type="hidden" name="subjectId" value={subjects[0]?.id} />
            )}
            <NativeSelect label={t('report.reason')} value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value as Enum<'ModerationReason'>)} data={reasons.map((value) => ({ value, label: t(`ModerationReason.${value}`) }))} />
            <Textarea name="words" label={t('report.words')} description={reason === 'OTHER' ? undefined : t('report.optional')} error={refusal?.fields.includes('words') ? t('report.invalid') : undefined} rows={3} maxLength={1000} required={reason === 'OTHER'} />
          </Form>
          <Button kind="quiet" onClick={close}>{t('report.leave')}</Button>
        </>
      )}
    </dialog>
  );
}
