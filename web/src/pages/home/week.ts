import { dayOf, startOfDay } from '../../words/dates';

/** The next seven days, and the year of the plan. */
export const thisWeek = () => ({ from: startOfDay(0), to: startOfDay(7), year: Number(dayOf(Date.now()).slice(0, 4)) });
