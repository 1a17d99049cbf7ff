import { useId } from 'react';
import { useLocation } from 'react-router';
import { signInFirst } from '../client/session';
import { type Enum, type FragmentOf, graphql, readFragment } from '../graphql';
import { useTranslation } from '../words';
import look from './action.module.css';
import { Button, ButtonLink } from './button';
import { useReason } from './reason';
import { WayOn } from './way-on';

export const actionPart = graphql(`fragment ActionPart on AvailableAction { action allowed reason }`);

/** Codes of people whom the action is not for: they do not see the button. */
const forOthers: readonly (Enum<'Code'> | null)[] = ['NOT_OFFICER', 'NOT_YOUR_CENTRE', 'NOT_YOUR_NGO', 'NOT_LEAD', 'NOT_YOURS'];

type Props = {
  action: Enum<'Action'>;
  /** The object's availableActions. */
  of: readonly FragmentOf<typeof actionPart>[];
  onAct: () => void;
  busy?: boolean;
  kind?: 'main' | 'plain' | 'quiet';
  /** Words other than the action's own. */
  label?: string;
};

/** The button of an action: it knows whether the viewer may do it, and otherwise stays and says why not. */
export function ActionButton({ action, of, onAct, busy, kind, label }: Props) {
  const { t } = useTranslation();
  const { pathname, search, hash } = useLocation();
  const reason = useReason();
  const why = useId();
  const found = of.map((part) => readFragment(actionPart, part)).find((part) => part.action === action);
  if (!found || forOthers.includes(found.reason)) return null;
  const words = label ?? t(`Action.${action}`);
  if (found.allowed) return <Button kind={kind} busy={busy} onClick={onAct}>{words}</Button>;
  if (found.reason === 'UNAUTHENTICATED') return <ButtonLink kind={kind} to={signInFirst(pathname + search + hash)}>{words}</ButtonLink>;
  return (
    <span className={look.refused}>
      <Button aria-disabled aria-describedby={why}>{words}</Button>
      <span id={why} className={look.why}>{reason(found.reason ?? 'WRONG_STATE')}</span>
      <WayOn code={found.reason ?? 'WRONG_STATE'} />
    </span>
  );
}
