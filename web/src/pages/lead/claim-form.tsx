import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql } from '../../graphql';
import { ActionButton, type actionPart } from '../../parts/action';
import { Button } from '../../parts/button';
import { Textarea } from '../../parts/field';
import { Form } from '../../parts/form';
import { Panel } from '../../parts/panel';
import { usePhotos } from '../../parts/photos';
import { progressPart } from '../task/progress';
import { resultPart } from '../task/result';
import { Metrics, resultsIn } from './metrics';
import { TaskPhotos } from './task-photos';

const claimMutation = graphql(
  `mutation ClaimDone($input: ClaimDoneInput!) { claimDone(input: $input) { task { id claim { id } ...TaskResultPart ...ProgressPart } } }`,
  [resultPart, progressPart],
);

/** Tells the centre that the work is done, and what came of it. */
export function ClaimForm({ taskId, of }: { taskId: string; of: readonly FragmentOf<typeof actionPart>[] }) {
  const [claiming, setClaiming] = useState(false);
  if (!claiming) return <div><ActionButton action="CLAIM_DONE" of={of} onAct={() => setClaiming(true)} /></div>;
  return <Claiming taskId={taskId} close={() => setClaiming(false)} />;
}

function Claiming({ taskId, close }: { taskId: string; close: () => void }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(claimMutation);
  const photos = usePhotos(10);
  const wrong = (field: 'words' | 'noPhotoReason') => (refusal?.fields.includes(field) ? t('lead.invalid.words') : undefined);
  const claim = async (values: Record<string, string>) => {
    if (photos.failed || photos.sending) return false;
    const input = { id: taskId, words: values.words ?? '', results: resultsIn(values), noPhotoReason: values.noPhotoReason || null, ...photos.input };
    const done = await act({ input });
    if (done) close();
    return done;
  };
  return (
    <Panel title={t('Action.CLAIM_DONE')}>
      <Form words={t('lead.claim.send')} draft={`claim ${taskId}`} busy={busy || photos.sending} refusal={refusal} onSubmit={claim}>
        <Textarea name="words" label={t('lead.claim.words')} description={t('lead.claim.hint')} error={wrong('words')} rows={3} minLength={3} maxLength={1000} autoFocus required />
        <Metrics open />
        <TaskPhotos taskId={taskId} of={photos} />
        {photos.items.length === 0 && <Textarea name="noPhotoReason" label={t('lead.claim.noPhoto')} description={t('lead.claim.noPhotoHint')} error={wrong('noPhotoReason')} rows={1} minLength={3} maxLength={1000} />}
        <Button kind="quiet" onClick={close}>{t('lead.leave')}</Button>
      </Form>
    </Panel>
  );
}
