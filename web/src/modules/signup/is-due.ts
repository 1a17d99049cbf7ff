const hour = 3_600_000;

/** Whether people can be checked in now: from 2 hours before the start until 24 hours after the end. */
export const isDue = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }, now = Date.now()) => Date.parse(startsAt) - 2 * hour <= now && now < Date.parse(endsAt) + 24 * hour;
