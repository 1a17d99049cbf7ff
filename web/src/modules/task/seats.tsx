import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import look from './seats.module.css';

export const seatsPart = graphql(`fragment SeatsPart on Seats { capacity free }`);

/** More than these are shown as a bar, because nobody counts them. */
const countable = 30;

/** How many of the seats are taken, to see and to read. */
export function Seats({ of }: { of: FragmentOf<typeof seatsPart> }) {
  const { t } = useTranslation();
  const { capacity, free } = readFragment(seatsPart, of);
  const shape = (seats: number) => (capacity > countable ? `M0 0h${seats}v1H0z` : Array.from({ length: seats }, (_, seat) => `M${seat + 0.12} 0h.76v1h-.76z`).join(''));
  return (
    <span className={look.seats}>
      <svg className={look.meter} viewBox={`0 0 ${capacity} 1`} preserveAspectRatio="none" aria-hidden="true" data-full={free === 0 || undefined}>
        <path d={shape(capacity)} />
        <path d={shape(capacity - free)} data-taken />
      </svg>
      <span>{free > 0 ? t('seats.free', { count: free, capacity }) : t('seats.full')}</span>
    </span>
  );
}
