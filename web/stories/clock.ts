import pg from 'pg';
import { inject } from 'vitest';

/** Lets hours pass for one shift of the shared hub: its start, its end and its check-ins move that far into the past. */
export async function pass(hours: number, shift: string): Promise<void> {
  const database = new pg.Client({ host: inject('hub').database, user: 'hub', database: 'postgres' });
  await database.connect();
  try {
    const earlier = (column: string) => `${column} = ${column} - make_interval(hours => $2)`;
    await database.query(`update signups set ${earlier('checked_in_at')} where shift_id = $1`, [shift, hours]);
    await database.query(`update shifts set ${earlier('starts_at')}, ${earlier('ends_at')} where id = $1`, [shift, hours]);
  } finally {
    await database.end();
  }
}
