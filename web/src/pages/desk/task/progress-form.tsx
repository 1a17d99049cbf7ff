import { useState } from 'react';
import { useAct } from '../../../client/act';
import { type Enum, type FragmentOf, graphql } from '../../../graphql';
import { usePhotos } from '../../../modules/photos/photos';
import { progressPart } from '../../../modules/task/progress';
import { ActionButton, actionPart } from '../../../parts/action';
import { Button } from '../../../parts/button';
import { Textarea, TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { Metrics, resultsIn } from './metrics';
import { TaskPhotos } from './photos';

const postMutation = graphql(
  `mutation PostProgress($input: PostProgressInput!) { postProgress(input: $input) { update { id task { id ...ProgressPart } } } }`,
  [progressPart],
);

type Props = { taskId: string; percent: number; reread: () => void };

/** Posts an update about what happened: words, numbers, percent, photos. */
export function ProgressForm({ of, ...rest }: Props & { of: readonly FragmentOf<typeof actionPart>[] }) {
  const [writing, setWriting] = useState(false);
  if (!writing) return <div><ActionButton kind="main" action="POST_PROGRESS" of={of} onAct={() => setWriting(true)} /></div>;
  return <Writing {...rest} close={() => setWriting(false)} />;
}

function Writing({ taskId, percent, reread, close }: Props & { close: () => void }) {
  const { t, i18n } = useTranslation();
  const { act, busy, refusal } = useAct(postMutation);
  const photos = usePhotos(10);
  const wrong = (field: 'text' | 'percent') => (refusal?.fields.includes(field) ? t(`lead.invalid.${field}`) : undefined);

  const post = async (values: Record<string, string>) => {
    if (photos.failed || photos.sending) return false;
    const said = { text: values.text ?? '', language: i18n.language.toUpperCase() as Enum<'Language'>, percent: values.percent ? Number(values.percent) : null, lowerReason: values.lowerReason || null };
    if (!(await act({ input: { taskId, ...said, results: resultsIn(values), photos: photos.input } }))) return false;
    close();
    reread();
    return true;
  };

  return (
    <Panel title={t('Action.POST_PROGRESS')}>
      <Form words={t('lead.progress.post')} draft={`progress ${taskId}`} busy={busy || photos.sending} refusal={refusal} onSubmit={post}>
        <Textarea name="text" label={t('lead.progress.text')} error={wrong('text')} rows={4} minLength={3} maxLength={4000} autoFocus required />
        <TextInput name="percent" type="number" inputMode="numeric" min={0} max={100} label={t('lead.progress.percent')} description={t('lead.progress.percentHint', { percent })} error={wrong('percent')} />
        {refusal?.code === 'REASON_MISSING' && <TextInput name="lowerReason" label={t('lead.progress.lowerReason')} minLength={3} maxLength={1000} required />}
        <Metrics />
        <TaskPhotos taskId={taskId} of={photos} />
        <Button kind="quiet" onClick={close}>{t('lead.leave')}</Button>
      </Form>
    </Panel>
  );
}
