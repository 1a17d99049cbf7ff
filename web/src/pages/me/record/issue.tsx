import { useState } from 'react';
import { useAct } from '../../../client/act';
import { type Enum, graphql } from '../../../graphql';
import { NativeSelect, TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import formLook from '../../../parts/form.module.css';
import { Notice } from '../../../parts/notice';
import { useTranslation } from '../../../words';
import { dayOf } from '../../../words/dates';
import { certificateRow } from './certificates';
import look from './page.module.css';
import type { Days } from './period';

const issueMutation = graphql(
  `mutation IssueCertificate($input: IssueCertificateInput!) { issueCertificate(input: $input) { certificate { id number pdfPath ...CertificateRow } } }`,
  [certificateRow],
);

const languages = ['KK', 'RU', 'EN'] as const satisfies Enum<'Language'>[];

type Props = {
  days: Days;
  /** Those that have any hours, latest first. */
  months: readonly string[];
  teams: readonly { id: string; name: string }[];
  onIssued: () => void;
};

/** A certificate of what counts in a period: its form, and then the link to the PDF. */
export function Issue({ days, months, teams, onIssued }: Props) {
  const { t, i18n } = useTranslation();
  const { act, busy, refusal } = useAct(issueMutation);
  const [issued, setIssued] = useState<{ number: string; pdfPath: string | null }>();
  const today = dayOf(Date.now());
  const wrong = refusal?.code === 'INVALID';

  const issue = async ({ from = '', to = '', language, teamId }: Record<string, string>) => {
    setIssued(undefined);
    const done = await act({ input: { from, to, language: language as Enum<'Language'>, teamId: teamId || null } });
    if (!done) return;
    setIssued(done.issueCertificate.certificate);
    onIssued();
  };

  return (
    <div className={look.issue}>
      <h3>{t('record.certificate.new')}</h3>
      <p>{t('record.certificate.below')}</p>
      {issued && (
        <Notice kind="done">
          {t('record.certificate.done', { number: issued.number })}
          <span className={look.ways}>{issued.pdfPath && <a href={issued.pdfPath} download>{t('record.certificate.download')}</a>}</span>
        </Notice>
      )}
      <Form words={t('Action.ISSUE_CERTIFICATE')} busy={busy} refusal={refusal} onSubmit={(values) => void issue(values)}>
        <div className={formLook.pair}>
          <TextInput name="from" type="date" label={t('record.period.from')} defaultValue={days.from || months.at(-1) || `${today.slice(0, 4)}-01-01`} max={today} error={wrong} required />
          <TextInput name="to" type="date" label={t('record.period.to')} defaultValue={days.to || today} max={today} error={wrong ? t('record.certificate.invalid') : undefined} required />
        </div>
        {teams.length > 1 && <NativeSelect name="teamId" label={t('record.certificate.team')} data={[{ value: '', label: t('record.certificate.allTeams') }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]} />}
        <NativeSelect name="language" label={t('record.certificate.language')} defaultValue={i18n.language.toUpperCase()} data={languages.map((one) => ({ value: one, label: t(`Language.${one}`) }))} />
      </Form>
    </div>
  );
}
