import { useEffect } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { useLooked } from '../../../../client/live';
import { useReread } from '../../../../client/reread';
import { graphql } from '../../../../graphql';
import { Back, Desk, LeadsOnly } from '../../../../modules/desk/guard';
import { actionPart } from '../../../../parts/action';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import look from './page.module.css';
import { Rotating } from './rotating';

const screenQuery = graphql(
  `query CheckInScreen($id: ID!) {
    viewer { id }
    shift(id: $id) {
      id startsAt endsAt
      task { id title }
      availableActions { ...ActionPart }
      expected: signups(filter: {states: [CONFIRMED]}, first: 1) { totalCount }
      here: signups(filter: {states: [CHECKED_IN, COMPLETED]}, first: 100) { totalCount nodes { id checkedInAt person { id displayName } } }
    }
  }`,
  [actionPart],
);

/** Seconds after which the list of arrivals is read again. */
const often = 5;

/** What a lead holds up at the site: the code to check in with, and who has checked in. */
export default function CheckInScreen() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const query = useQuery({ query: screenQuery, variables: { id } });
  useReread(screenQuery, { id }, often);
  useAwake();
  return (
    <Desk query={query}>
      {({ viewer, shift }) => {
        if (!shift) return null;
        const here = (shift.here?.nodes ?? []).toSorted((a, b) => (b.checkedInAt ?? '').localeCompare(a.checkedInAt ?? ''));
        const count = shift.here?.totalCount ?? 0;
        const when = [format.day(shift.startsAt), format.times(shift.startsAt, shift.endsAt)].join(', ');
        return (
          <>
            <Heading above={<Back to={pathOf('shiftDesk', id)}>{t('record.screen.back')}</Back>} below={when}>{shift.task.title}</Heading>
            <LeadsOnly viewer={viewer} action="UPDATE_SHIFT" of={shift.availableActions}>
              <div className={look.columns}>
                <section className={look.screen} aria-label={t('record.screen.title')}>
                  <p>{t('record.screen.how')}</p>
                  <Rotating shiftId={id} />
                </section>
                <Panel title={t('record.screen.here')} aside={t('record.screen.of', { count, all: count + (shift.expected?.totalCount ?? 0) })}>
                  {count === 0 && <p>{t('record.screen.nobody')}</p>}
                  <ul className={look.here} aria-live="polite">
                    {here.map(({ id: at, checkedInAt, person }) => <li key={at}>{person.displayName}{checkedInAt && <span>{format.time(checkedInAt)}</span>}</li>)}
                  </ul>
                </Panel>
              </div>
            </LeadsOnly>
          </>
        );
      }}
    </Desk>
  );
}

/** Keeps the screen on while it is held up; if a device cannot, or will not, it turns off as usual. */
function useAwake(): void {
  const looked = useLooked();
  useEffect(() => {
    if (!looked || !('wakeLock' in navigator)) return;
    const lock = navigator.wakeLock.request('screen').catch(() => undefined);
    return () => void lock.then((held) => held?.release());
  }, [looked]);
}
