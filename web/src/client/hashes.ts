/** The hash of each operation of the loaded modules, by its name; empty in development, where documents are sent as they are. */
export const hashes: Record<string, string> = {};
