/** Whether people can be checked in now. */
export const isDue = ({ checkInFrom, checkInUntil }: { checkInFrom: string; checkInUntil: string }, now = Date.now()) => Date.parse(checkInFrom) <= now && now < Date.parse(checkInUntil);
