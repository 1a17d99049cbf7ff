import { useAct } from '../../client/act';
import { graphql } from '../../graphql';
import { actionPart } from '../../parts/action';
import { TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import { Notice } from '../../parts/notice';
import { useReason } from '../../parts/reason';
import { useTranslation } from '../../words';
import look from './check-in.module.css';

const checkInMutation = graphql(
  `mutation CheckInWithCode($input: CheckInWithCodeInput!) { checkInWithCode(input: $input) { signup { id state checkedInAt availableActions { ...ActionPart } } } }`,
  [actionPart],
);

/** The code on the lead's screen, typed or read from the QR code. */
export default function CheckInForm({ shiftId, code }: { shiftId: string; code?: string }) {
  const { t } = useTranslation();
  const reason = useReason();
  const { act, busy, refusal } = useAct(checkInMutation);
  const wrong = refusal?.code === 'WRONG_CODE' || refusal?.code === 'INVALID';
  return (
    <div className={look.code}>
      <Form words={t('record.checkIn.send')} busy={busy} onSubmit={({ code: typed = '' }) => act({ input: { shiftId, code: typed } })}>
        <TextInput name="code" label={t('record.checkIn.code')} description={t('record.checkIn.hint')} defaultValue={code} error={wrong} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={40} required />
        {refusal && <Notice kind="warn">{wrong ? t('record.checkIn.wrong') : refusal.code === 'WRONG_STATE' ? t('record.checkIn.noSeat') : reason(refusal.code)}</Notice>}
      </Form>
    </div>
  );
}
