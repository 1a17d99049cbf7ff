import { useAct } from '../../client/act';
import { forgetDrafts } from '../../client/drafts';
import { forget } from '../../client/kept';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import look from '../../modules/account/sessions.module.css';
import { Button } from '../../parts/button';
import { Refused } from '../../parts/notice';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';

export const sessionPart = graphql(`fragment SessionPart on Session { id createdAt lastSeenAt current }`);

const endMutation = graphql(`mutation EndSession($input: EndSessionInput!) { endSession(input: $input) { person { id } } }`);
const signOutMutation = graphql(`mutation SignOut($input: SignOutInput!) { signOut(input: $input) { ended } }`);

/** Where I am signed in, and how to sign out. */
export function Sessions({ sessions, reread }: { sessions: readonly FragmentOf<typeof sessionPart>[]; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const end = useAct(endMutation);
  const out = useAct(signOutMutation);

  const signOut = async (everywhere: boolean) => {
    forget(); // even if the hub cannot be reached
    forgetDrafts();
    if (!(await out.act({ input: { everywhere } }))) return;
    location.assign(paths.home); // a reload, so that nothing of the person stays on the page
  };

  return (
    <>
      <ul className={look.sessions}>
        {sessions.map((part) => readFragment(sessionPart, part)).map(({ id, lastSeenAt, current }) => (
          <li key={id}>
            <span>{current ? t('me.here') : t('me.lastSeen', { at: format.moment(lastSeenAt) })}</span>
            {!current && <Button kind="quiet" busy={end.busy} onClick={() => void end.act({ input: { id } }).then(reread)}>{t('me.end')}</Button>}
          </li>
        ))}
      </ul>
      <div className={look.out}>
        <Button busy={out.busy} onClick={() => void signOut(false)}>{t('me.signOut')}</Button>
        {sessions.length > 1 && <Button kind="quiet" busy={out.busy} onClick={() => void signOut(true)}>{t('me.signOutEverywhere')}</Button>}
      </div>
      <Refused refusal={end.refusal ?? out.refusal} />
    </>
  );
}
