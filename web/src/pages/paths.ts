import paths from '../paths.json';

export { paths };

/** The address of a page about one thing. */
export const pathOf = (page: 'task' | 'team' | 'ngo' | 'centre' | 'proposal' | 'teamDesk' | 'centreDesk' | 'decision', id: string) => paths[page].replace(':id', id);
