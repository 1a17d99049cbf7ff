/** What the address bar says of the audit, as the hub is asked; days are the city's. */
export function filterOf(search: URLSearchParams) {
  const asked = (name: string) => search.get(name) || undefined;
  const from = dayOf(asked('from'));
  const to = dayOf(asked('to'));
  return {
    action: asked('action'),
    person: asked('person'),
    subject: asked('subject'),
    from: from?.toISOString(),
    to: to && new Date(to.getTime() + 86_400_000).toISOString(),
  };
}

function dayOf(day?: string): Date | undefined {
  const moment = new Date(`${day}T00:00:00+05:00`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The address with one filter changed, from its first page on; the place in the list, after, goes with the others as they are. */
export function withFilter(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('after');
  next.delete(name);
  if (value) next.set(name, value);
  return next;
}
