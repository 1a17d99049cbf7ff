import { useEffect, useState } from 'react';

/** What the hub tells the app of its settings: where map tiles come from, who else signs people in, whether there is a bot in Telegram, and accounts to try it with while developing. */
export type AppSettings = { tiles: string; provider: string; telegram: boolean; accounts: { role: string; email: string; password: string; secret?: string }[] };

let asked: Promise<AppSettings> | undefined;

/** The hub's settings; undefined until they have come. */
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
