import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { Section } from '../../../parts/section';
import { useFormats } from '../../../words/dates';
import look from './ahead.module.css';

type Props = {
  title: string;
  to: string;
  /** How many there are in all; left out if they are not counted. */
  count?: number;
  /** The text if there is nothing. */
  none: string;
  /** What is urgent about it. */
  urgent?: string;
  items: { to: string; title: string; lang?: string; below: string; mark?: ReactNode }[];
};

/** One kind of what is waiting: how many there are, and the first of them. */
export function Ahead({ title, to, count, none, urgent, items }: Props) {
  const format = useFormats();
  const id = useId();
  return (
    <section className={look.ahead} aria-labelledby={id} data-none={items.length === 0 || undefined}>
      <h2 id={id}>
        <Link to={to}>
          {title}
          {count !== undefined && <b>{format.number(count)}</b>}
        </Link>
      </h2>
      <Section>
        {items.length === 0 ? <p>{none}</p> : urgent && <p className={look.urgent}>{urgent}</p>}
        <ul>
          {items.map((item, index) => (
            <li key={index}>
              <Link to={item.to}>
                <span lang={item.lang?.toLowerCase()}>{item.title}</span>
                <small>{item.below}</small>
                {item.mark && <small>{item.mark}</small>}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </section>
  );
}
