import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../graphql';
import look from './seats.module.css';

export const seatsPart = graphql(`fragment SeatsPart on Seats { capacity free }`);

/** More than these are a bar, not seats that one can count. */
const countable = 30;

/** How many of the seats can no longer be had, to be seen and to be read. */
export function Seats({ of }: { of: FragmentOf<typeof seatsPart> }) {
  const { t } = useTranslation();
  const { capacity, free } = readFragment(seatsPart, of);
  return (
    <span className={look.seats}>
      <svg className={look.meter} viewBox={`0 0 ${capacity} 1`} preserveAspectRatio="none" aria-hidden="true" data-full={free === 0 || undefined}>
        {capacity <= countable ? (
          Array.from({ length: capacity }, (_, seat) => <rect key={seat} x={seat + 0.12} width={0.76} height={1} data-taken={seat < capacity - free || undefined} />)
        ) : (
          <>
            <rect width={capacity} height={1} />
            <rect width={capacity - free} height={1} data-taken />
          </>
        )}
      </svg>
      <span>{free > 0 ? t('seats.free', { count: free, capacity }) : t('seats.full')}</span>
    </span>
  );
}
