/** Short facts on one line, with a dot between them that never begins a line; those that do not apply are left out. */
export const dotted = (...facts: (string | number | false | null | undefined)[]) => facts.filter(Boolean).join('\u00a0· ');
