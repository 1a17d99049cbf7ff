import { useEffect, useState } from 'react';

/**
 * The hub's settings for the app: where map tiles come from, the provider to sign in through, whether there is a bot in Telegram,
 * and accounts to try in development.
 */
export type AppSettings = { tiles: string; provider: string; telegram: boolean; accounts: { role: string; email: string; password: string; secret?: string }[] };

let asked: Promise<AppSettings> | undefined;

/** The hub's settings; undefined until they are loaded. */
export function useAppSettings(): AppSettings | undefined {
  const [settings, setSettings] = useState<AppSettings>();
  useEffect(() => {
    asked ??= fetch('/app.json').then((answer) => answer.json() as Promise<AppSettings>);
    asked.then(setSettings, () => {
      asked = undefined;
      setSettings({ tiles: '', provider: '', telegram: false, accounts: [] });
    });
  }, []);
  return settings;
}
