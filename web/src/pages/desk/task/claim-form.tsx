import { useState } from 'react';
import { useAct } from '../../../client/act';
import { type FragmentOf, graphql } from '../../../graphql';
import { usePhotos } from '../../../modules/photos/photos';
import { progressPart } from '../../../modules/task/progress';
import { resultPart } from '../../../modules/task/result';
import { ActionButton, type actionPart } from '../../../parts/action';
import { Button } from '../../../parts/button';
import { Checkbox, Textarea } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { Metrics, resultsIn } from './metrics';
import look from './page.module.css';
import { TaskPhotos } from './photos';

const claimMutation = graphql(
  `mutation ClaimDone($input: ClaimDoneInput!) { claimDone(input: $input) { task { id claim { id } ...TaskResultPart ...ProgressPart } } }`,
  [resultPart, progressPart],
);

type Coming = readonly { id: string; startsAt: string }[];

/** Tells the centre that the work is done, and the results. This cancels future shifts. */
export function ClaimForm({ taskId, of, coming }: { taskId: string; of: readonly FragmentOf<typeof actionPart>[]; coming: Coming }) {
  const [claiming, setClaiming] = useState(false);
  if (!claiming) return <div><ActionButton action="CLAIM_DONE" of={of} onAct={() => setClaiming(true)} /></div>;
  return <Claiming taskId={taskId} coming={coming} close={() => setClaiming(false)} />;
}

function Claiming({ taskId, coming, close }: { taskId: string; coming: Coming; close: () => void }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(claimMutation);
  const photos = usePhotos(10);
  const format = useFormats();
  const wrong = (field: 'words' | 'noPhotoReason') => (refusal?.fields.includes(field) ? t('lead.invalid.words') : undefined);
  const claim = async (values: Record<string, string>) => {
    if (photos.failed || photos.sending) return false;
    const input = { id: taskId, words: values.words ?? '', results: resultsIn(values), noPhotoReason: values.noPhotoReason || null, cancelShifts: coming.length > 0, photos: photos.input };
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
        {coming.length > 0 && (
          <fieldset className={look.coming}>
            <legend>{t('lead.claim.coming')}</legend>
            <ul>{coming.map(({ id, startsAt }) => <li key={id}>{format.moment(startsAt)}</li>)}</ul>
            <Checkbox name="cancelShifts" label={t('lead.claim.cancelShifts')} required />
          </fieldset>
        )}
        <Button kind="quiet" onClick={close}>{t('lead.leave')}</Button>
      </Form>
    </Panel>
  );
}
