import { type AppSettings, useAppSettings } from '../../client/settings';
import { Button } from '../../parts/button';
import { Panel } from '../../parts/panel';
import { useTranslation } from '../../words';
import look from './demo.module.css';

type Account = AppSettings['accounts'][number];

/** The demo city's accounts; the hub lists them in development only. */
export function DemoAccounts({ onPick }: { onPick: (account: Account) => Promise<void> }) {
  const { t } = useTranslation();
  const accounts = useAppSettings()?.accounts ?? [];
  if (accounts.length === 0) return null;
  return (
    <Panel title={t('account.demo')}>
      <div className={look.accounts}>
        {accounts.map((account) => <Button key={account.email} onClick={() => void onPick(account)}>{account.role}</Button>)}
      </div>
    </Panel>
  );
}
