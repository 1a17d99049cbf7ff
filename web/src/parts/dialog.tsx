import { type ReactNode, useEffect, useId, useRef } from 'react';
import look from './dialog.module.css';

type Props = {
  title: string;
  /** Called with the value that the dialog was closed with; '' if it was cancelled. */
  onClose: (value: string) => void;
  /** Gets a function that closes it. */
  children: (close: (value?: string) => void) => ReactNode;
};

/** A dialog over the page. Escape cancels it, and the focus returns to where it was. */
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
