const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/**
 * Opening hours as they are stored, such as "Mo-Fr 09:00-18:00; Sa off", in a language: weekday returns the name of a weekday,
 * and off is the word for a closed day. Other formats stay as they are.
 */
export function hoursIn(kept: string, weekday: (day: Date) => string, off: string): string {
  const parts = kept.split(';').map((part) => {
    const [, on, when] = /^((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) (off|[0-9:,-]+)$/.exec(part.trim()) ?? [];
    if (!on || !when) return undefined;
    const named = on.replace(/[A-Z][a-z]/g, (day) => weekday(new Date(Date.UTC(2024, 0, 1 + days.indexOf(day), 12)))); // a Monday and later days
    return `${named} ${when === 'off' ? off : when}`.replaceAll('-', '–\u2060').replaceAll(',', ', ');
  });
  return parts.includes(undefined) ? kept : parts.join('; ');
}
