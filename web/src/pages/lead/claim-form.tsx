import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Button } from '../../parts/button';
import { Form } from '../../parts/form';
import { Panel } from '../../parts/panel';
import { Metrics, resultsIn } from './metrics';

const claimMutation = graphql(
  `mutation ClaimDone($input: ClaimDoneInput!) { claimDone(input: $input) { task { id state sentBack { id words at } availableActions { ...ActionPart } } } }`,
  [actionPart],
);

/** Tells the centre that the work is done, and what came of it. */
export function ClaimForm({ taskId, of }: { taskId: string; of: readonly FragmentOf<typeof actionPart>[] }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(claimMutation);
  const [claiming, setClaiming] = useState(false);
  const claim = async (values: Record<string, string>) => {
    const input = { id: taskId, words: values.words ?? '', results: resultsIn(values), noPhotoReason: values.noPhotoReason || null };
    if (await act({ input })) setClaiming(false);
  };
  if (!claiming) return <div><ActionButton action="CLAIM_DONE" of={of} onAct={() => setClaiming(true)} /></div>;
  return (
    <Panel title={t('Action.CLAIM_DONE')}>
      <Form words={t('lead.claim.send')} busy={busy} refusal={refusal} onSubmit={(values) => void claim(values)}>
        <Textarea name="words" label={t('lead.claim.words')} description={t('lead.claim.hint')} error={refusal?.fields.includes('words') ? t('lead.invalid.words') : undefined} rows={3} minLength={3} maxLength={1000} autoFocus required />
        <Textarea name="noPhotoReason" label={t('lead.claim.noPhoto')} error={refusal?.fields.includes('noPhotoReason') ? t('lead.invalid.words') : undefined} rows={1} minLength={3} maxLength={1000} />
        <Metrics open />
        <Button kind="quiet" onClick={() => setClaiming(false)}>{t('lead.leave')}</Button>
      </Form>
    </Panel>
  );
}
