import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../graphql';
import { actionPart } from '../../parts/action';

export const hoursPart = graphql(
  `fragment HoursPart on Hours {
    id state cameAt wentAt startsAt endsAt workedMinutes minutes reason changeableUntil
    person { id displayName }
    task { id title }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

export type Hours = ResultOf<typeof hoursPart>;

/** Hours of the page's query, followed by those that were answered on this page and are no longer in it. */
export function withAnswered(of: readonly FragmentOf<typeof hoursPart>[], answered: readonly Hours[]): Hours[] {
  const rows = of.map((one) => readFragment(hoursPart, one));
  return [...rows, ...answered.filter(({ id }) => rows.every((row) => row.id !== id))];
}

/** Why the viewer may not give a verdict on the hours; undefined if the viewer may. */
export function notMine({ availableActions }: Hours) {
  const reasons = availableActions.map((part) => readFragment(actionPart, part));
  return reasons.some(({ allowed }) => allowed) ? undefined : (reasons.find(({ reason }) => reason !== 'WRONG_STATE')?.reason ?? 'WRONG_STATE');
}
