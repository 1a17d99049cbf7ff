import paths from '../paths.json';

export { paths };

/** The address of a page about one object. */
export const pathOf = (page: keyof typeof paths, id: string) => paths[page].replace(':id', id);
