import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Textarea } from '../../parts/field';
import { Form } from '../../parts/form';
import { Panel } from '../../parts/panel';
import { useReason } from '../../parts/reason';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './page.module.css';

export const appealPart = graphql(`fragment AppealPart on Decision { id state appealBy appeal appealedAt availableActions { ...ActionPart } }`, [actionPart]);

const appealMutation = graphql(`mutation Appeal($input: AppealInput!) { appeal(input: $input) { decision { id ...AppealPart } } }`, [appealPart]);

/** The appeal against a decision, or its form while an appeal is possible. */
export function Appeal({ decision: of, reread }: { decision: FragmentOf<typeof appealPart>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const reason = useReason();
  const { act, busy, refusal } = useAct(appealMutation);
  const { id, appealBy, appeal, appealedAt, availableActions } = readFragment(appealPart, of);
  const may = availableActions.map((part) => readFragment(actionPart, part)).find(({ action }) => action === 'APPEAL');

  if (appeal && appealedAt) {
    return (
      <div className={look.said} role="status">
        <p>{t('decision.appealed', { date: format.date(appealedAt) })}</p>
        <p>{appeal}</p>
      </div>
    );
  }
  if (!may || may.reason === 'NOT_YOURS' || may.reason === 'WRONG_STATE') return null;
  const send = async (text: string) => {
    const done = await act({ input: { id, text } });
    if (!done) reread();
    return done;
  };
  return (
    <Panel title={t('Action.APPEAL')}>
      {may.allowed ? (
        <Form words={t('decision.send')} draft={`appeal ${id}`} busy={busy} refusal={refusal} onSubmit={({ text = '' }) => send(text)}>
          <p className={look.quiet}>{t('decision.appealBy', { date: format.date(appealBy) })}</p>
          <Textarea name="text" label={t('decision.why')} error={refusal?.fields.includes('text') ? t('decision.invalid') : undefined} rows={5} minLength={3} maxLength={4000} required />
        </Form>
      ) : (
        <p className={look.quiet}>{may.reason && reason(may.reason)}</p>
      )}
    </Panel>
  );
}
