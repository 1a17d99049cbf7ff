/** The hash of each operation of the modules that were loaded, by its name; empty while developing, when documents are sent as they are. */
export const hashes: Record<string, string> = {};
