/** A query's data where no root field was refused: only the viewer, and what an id may lead to, can be null then. */
export type Whole<Data> = { [Root in keyof Data]: Root extends 'viewer' | 'node' ? Data[Root] : NonNullable<Data[Root]> };

/** Returns the data if no root field was refused. */
export const whole = <Data extends object>(data: Data | undefined) =>
  data && Object.entries(data).every(([root, value]) => value !== null || root === 'viewer' || root === 'node') ? (data as Whole<Data>) : undefined;
