/** Short facts on one line, with a dot between them that never begins a line; those that do not apply are left out. */
export const dotted = (...facts: (string | 0 | false | null | undefined)[]) => facts.filter(Boolean).join('\u00a0· ');
