import paths from '../paths.json';
import { thisWeek } from './home/week';
import { variablesOf, wishOf } from './tasks/filter';

/** What the pages that most people begin with ask the hub first, by their paths: early/early.ts asks it before they are there. */
export const first: Record<string, () => { operationName: 'Home' | 'Tasks'; variables: object }> = {
  [paths.home]: () => ({ operationName: 'Home', variables: thisWeek() }),
  [paths.tasks]: () => ({ operationName: 'Tasks', variables: variablesOf(wishOf(new URLSearchParams(location.search)), null) }),
};
