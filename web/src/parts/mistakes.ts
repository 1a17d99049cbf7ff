import { useTranslation } from '../words';
import { dayOf, useFormats } from '../words/dates';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Finds what the browser would report about a form's fields, in the app's words: the browser would use its own language, in its
 * own bubbles.
 */
export function useMistakes(): (form: HTMLFormElement) => Record<string, string> {
  const { t } = useTranslation();
  const format = useFormats();

  const mistakeIn = (field: Field): string | undefined => {
    const { validity, value } = field;
    if (validity.badInput) return field.type === 'number' ? t('field.number') : t('field.date');
    if (validity.valueMissing || (field.required && value.trim() === '')) return field.type === 'radio' ? t('field.choice') : field.type === 'checkbox' ? t('field.tick') : t('field.missing');
    if (validity.typeMismatch) return t('account.invalid.email');
    if ('minLength' in field && value !== '' && value.trim().length < field.minLength) return t('field.short', { least: field.minLength });
    if (field instanceof HTMLInputElement) return outside(field);
    return undefined;
  };

  const outside = ({ validity, type, value, min, max, step }: HTMLInputElement): string | undefined => {
    if (type === 'date' && (validity.rangeOverflow || validity.rangeUnderflow)) return value > dayOf(Date.now()) ? t('field.future') : t('field.date');
    if (validity.rangeUnderflow || validity.rangeOverflow) return t('field.range', { least: format.number(Number(min)), most: format.number(Number(max)) });
    return validity.stepMismatch ? t('field.step', { step: Number(step) || 1 }) : undefined;
  };

  return (form) => {
    const fields = [...form.elements].filter((field): field is Field => 'validity' in field && 'name' in field && field.name !== '' && !field.matches(':disabled'));
    return Object.fromEntries(fields.flatMap((field) => { const words = mistakeIn(field); return words ? [[field.name, words]] : []; }));
  };
}
