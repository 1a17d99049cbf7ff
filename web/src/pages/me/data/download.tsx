import { useState } from 'react';
import { useAct } from '../../../client/act';
import type { Refusal } from '../../../client/refusal';
import { saveFile } from '../../../client/save';
import { graphql } from '../../../graphql';
import { Code } from '../../../modules/account/code';
import { Password } from '../../../modules/account/password';
import look from '../../../parts/columns.module.css';
import { Form } from '../../../parts/form';
import { Notice } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';

const requestMutation = graphql(`mutation RequestData($input: RequestDataInput!) { requestData(input: $input) { token } }`);

/** Everything that is stored about the person, as a file. */
export function Download({ withCode }: { withCode: boolean }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(requestMutation);
  const [fetched, setFetched] = useState<{ loading?: boolean; done?: boolean; refusal?: Refusal }>({});

  const download = async (password: string, code?: string) => {
    setFetched({});
    const asked = await act({ input: { password, code } });
    if (!asked) return;
    setFetched({ loading: true });
    setFetched(await fetchData(asked.requestData.token));
  };

  return (
    <Panel title={t('data.download')}>
      <p className={look.quiet}>{t('data.downloadBelow')}</p>
      {fetched.done && <Notice kind="done">{t('data.downloaded')}</Notice>}
      <Form words={t('data.get')} busy={busy || !!fetched.loading} refusal={refusal ?? fetched.refusal} onSubmit={({ password = '', code }) => void download(password, code)}>
        <Password name="password" label={t('account.password')} />
        {withCode && <Code name="code" wrong={refusal?.code === 'WRONG_CODE'} />}
      </Form>
    </Panel>
  );
}

/** Downloads what the token opens, once. */
async function fetchData(token: string): Promise<{ done?: boolean; refusal?: Refusal }> {
  try {
    const answer = await fetch('/me/data.json', { method: 'POST', body: new URLSearchParams({ token }) });
    if (!answer.ok) return { refusal: { code: answer.status === 403 ? 'TOKEN_INVALID' : 'BUSY', fields: [] } };
    saveFile('jastar-hub-data.json', await answer.blob());
    return { done: true };
  } catch {
    return { refusal: { code: 'OFFLINE', fields: [] } };
  }
}
