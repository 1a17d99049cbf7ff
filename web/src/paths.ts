import paths from './paths.json' with { type: 'json' };

export { paths };

/** The address of a page about one object. */
export const pathOf = (page: keyof typeof paths, id: string) => paths[page].replace(':id', id);

/** The folder of a path's page below src/pages: that of /desk/teams/:id/people is desk/team/people. */
export const folderOf = (path: string) => path.replaceAll(/s?\/:id/g, '').slice(1) || 'home';
