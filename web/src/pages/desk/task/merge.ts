type Draft = Record<string, string>;

/**
 * Combines what was read when the form was opened, what is stored now, and what was typed. What was typed stays; what only others
 * changed is taken over. Returns the fields that both changed, to different values.
 */
export function merge<Of extends Draft>(opened: Of, now: Of, typed: Of): { merged: Of; clashes: (keyof Of & string)[] } {
  const fields = Object.keys(typed) as (keyof Of & string)[];
  const mine = (field: keyof Of) => typed[field] !== opened[field];
  const merged = { ...typed };
  for (const field of fields) if (!mine(field)) merged[field] = now[field];
  return { merged, clashes: fields.filter((field) => mine(field) && now[field] !== opened[field] && now[field] !== typed[field]) };
}

/** The fields in which two drafts differ. */
export const differing = <Of extends Draft>(one: Of, other: Of): (keyof Of & string)[] => Object.keys(one).filter((field) => one[field] !== other[field]);
