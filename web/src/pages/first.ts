import paths from '../paths.json';
import { thisWeek } from './home/week';
import { variablesOf, wishOf } from './tasks/filter';

/**
 * The first queries of the pages that most people begin with, by their paths: early/early.ts sends them before the pages have
 * loaded.
 */
export const first: Record<string, () => { operationName: 'Home' | 'Tasks'; variables: object }> = {
  [paths.home]: () => ({ operationName: 'Home', variables: thisWeek() }),
  [paths.tasks]: () => ({ operationName: 'Tasks', variables: variablesOf(wishOf(new URLSearchParams(location.search)), null) }),
};
