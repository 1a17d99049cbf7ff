import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { Provider } from 'urql';
import paths from '../paths.json';
import { useTranslation } from '../words';
import { newClient } from './client';
import { forget } from './kept';
import { wantsSignIn } from './refusal';

const Session = createContext<() => void>(() => {});

/** Forgets what the previous person was shown: must be called when somebody has signed in or out. */
export const useNewSession = () => use(Session);

/** The address of the sign-in page, with the page to return to. */
export const signInFirst = (from: string) => `${paths.signIn}?next=${encodeURIComponent(from)}`;

/** Where the sign-in page leads: a page of the app, never another site. */
export function nextPage(search: URLSearchParams): string {
  const next = search.get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : paths.me;
}

/** Gives the pages a client. If the hub does not know who asks, the person signs in and returns. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  const [session, setSession] = useState(0);
  const renew = () => {
    forget();
    setSession((n) => n + 1);
  };
  const client = useMemo(
    () =>
      newClient(i18n.language, (error, { kind }) => {
        // A page that was not shown at all should not be in the history before the sign-in page.
        const replace = kind === 'query';
        if (!wantsSignIn(error)) return;
        if (kind === 'subscription') return renew(); // a public page continues as a visitor's
        forget();
        void navigate(signInFirst(location.pathname + location.search + location.hash), { replace });
      }),
    [session, i18n.language],
  );
  return (
    <Session value={renew}>
      <Provider value={client}>{children}</Provider>
    </Session>
  );
}
