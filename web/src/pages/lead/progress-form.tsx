import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../client/act';
import { type Enum, type FragmentOf, graphql } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Button } from '../../parts/button';
import { Form } from '../../parts/form';
import { Panel } from '../../parts/panel';
import { progressPart } from '../task/progress';
import { Metrics, resultsIn } from './metrics';

const postMutation = graphql(
  `mutation PostProgress($input: PostProgressInput!) { postProgress(input: $input) { update { id task { id ...ProgressPart } } } }`,
  [progressPart],
);

type Props = { taskId: string; percent: number; of: readonly FragmentOf<typeof actionPart>[]; reread: () => void };

/** Tells everybody what happened: in words, in numbers, in percent. */
export function ProgressForm({ taskId, percent, of, reread }: Props) {
  const { t, i18n } = useTranslation();
  const { act, busy, refusal } = useAct(postMutation);
  const [writing, setWriting] = useState(false);
  const wrong = (field: 'text' | 'percent') => (refusal?.fields.includes(field) ? t(`lead.invalid.${field}`) : undefined);

  const post = async (values: Record<string, string>) => {
    const done = await act({
      input: { taskId, text: values.text ?? '', language: i18n.language.toUpperCase() as Enum<'Language'>, percent: values.percent ? Number(values.percent) : null, lowerReason: values.lowerReason || null, results: resultsIn(values) },
    });
    if (!done) return;
    setWriting(false);
    reread();
  };

  if (!writing) return <div><ActionButton kind="main" action="POST_PROGRESS" of={of} onAct={() => setWriting(true)} /></div>;
  return (
    <Panel title={t('Action.POST_PROGRESS')}>
      <Form words={t('lead.progress.post')} busy={busy} refusal={refusal} onSubmit={(values) => void post(values)}>
        <Textarea name="text" label={t('lead.progress.text')} error={wrong('text')} rows={4} minLength={3} maxLength={4000} autoFocus required />
        <TextInput name="percent" type="number" inputMode="numeric" min={0} max={100} label={t('lead.progress.percent')} description={t('lead.progress.percentHint', { percent })} error={wrong('percent')} />
        {refusal?.code === 'REASON_MISSING' && <TextInput name="lowerReason" label={t('lead.progress.lowerReason')} minLength={3} maxLength={1000} required />}
        <Metrics />
        <Button kind="quiet" onClick={() => setWriting(false)}>{t('lead.leave')}</Button>
      </Form>
    </Panel>
  );
}
