import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react';
import look from './field.module.css';

/** What is wrong with the fields of a form, in words, by their names. */
export const Mistakes = createContext<Readonly<Record<string, string>>>({});

type About = {
  label?: ReactNode;
  description?: ReactNode;
  /** What the hub found wrong: in words, or only that something is. */
  error?: ReactNode;
};

/** The surroundings of a field: its label, description and error; and the attributes with which the field refers to them. */
function useAround({ label, description, error }: About, { name = '', required }: { name?: string; required?: boolean }) {
  const id = useId();
  const wrong = use(Mistakes)[name] ?? error;
  const words = wrong !== true && wrong;
  const told = [description && `${id}-about`, words && `${id}-wrong`].filter(Boolean).join(' ') || undefined;
  const own = { id, className: look.input, 'aria-describedby': told, 'aria-invalid': wrong ? true : undefined };
  const around = (field: ReactNode) => (
    <div className={look.field}>
      {label && <label htmlFor={id}>{label}{required && <span aria-hidden="true">{'\u00a0*'}</span>}</label>}
      {description && <p id={`${id}-about`}>{description}</p>}
      {field}
      {words && <p id={`${id}-wrong`} className={look.wrong}>{words}</p>}
    </div>
  );
  return { own, around };
}

export function TextInput({ label, description, error, ...rest }: About & ComponentProps<'input'>) {
  const { own, around } = useAround({ label, description, error }, rest);
  return around(<input {...rest} {...own} />);
}

export function Textarea({ label, description, error, ...rest }: About & ComponentProps<'textarea'>) {
  const { own, around } = useAround({ label, description, error }, rest);
  return around(<textarea {...rest} {...own} />);
}

type Choices = { data: readonly { value: string; label: string }[] };

export function NativeSelect({ label, description, error, data, ...rest }: About & Choices & ComponentProps<'select'>) {
  const { own, around } = useAround({ label, description, error }, rest);
  return around(
    <div className={look.select}>
      <select {...rest} {...own}>{data.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select>
    </div>,
  );
}

/** A checkbox with its label beside it. */
export function Checkbox({ label, name = '', ...rest }: { label: ReactNode } & ComponentProps<'input'>) {
  return (
    <div className={look.field}>
      <label className={look.choice}><input {...rest} type="checkbox" name={name} />{label}</label>
      <Mistake name={name} />
    </div>
  );
}

/** What is wrong with fields that have no label around them, such as a choice among a few. */
export function Mistake({ name }: { name: string }) {
  const words = use(Mistakes)[name];
  return words ? <p className={look.wrong} role="alert">{words}</p> : null;
}
