import { dayAfter, momentOf } from '../../../../words/dates';

/** The audit filter in the address bar, in the form of the query; days are the city's. */
export function filterOf(search: URLSearchParams) {
  const asked = (name: string) => search.get(name) || undefined;
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(asked(name) ?? '') && !Number.isNaN(Date.parse(asked(name)!)) ? asked(name) : undefined);
  const [from, to] = [day('from'), day('to')];
  return {
    action: asked('action'),
    person: asked('person'),
    subject: asked('subject'),
    from: from && momentOf(from, '00:00'),
    to: to && momentOf(dayAfter(to), '00:00'),
  };
}

/**
 * The address with one filter changed, starting at the first page; the place in the list, after, is kept only with unchanged
 * filters.
 */
export function withFilter(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('after');
  next.delete(name);
  if (value) next.set(name, value);
  return next;
}
