import { type ReactNode, useEffect, useId, useRef } from 'react';
import look from './dialog.module.css';

type Props = {
  title: string;
  /** Is told with what it was closed; '' where it was left. */
  onClose: (value: string) => void;
  /** Is given what closes it. */
  children: (close: (value?: string) => void) => ReactNode;
};

/** Something over the page. Escape leaves it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={look.dialog} aria-labelledby={id} onClose={() => onClose(dialog.current?.returnValue ?? '')}>
      <h2 id={id}>{title}</h2>
      {children((value) => dialog.current?.close(value))}
    </dialog>
  );
}
