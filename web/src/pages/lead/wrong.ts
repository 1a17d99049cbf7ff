import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../client/refusal';

/** The fields that have words for what is wrong with them. */
type Field = 'title' | 'description' | 'place' | 'minAge' | 'startsAt' | 'endsAt' | 'capacity';

/** The words for the fields that a form had wrong, as the hub names them; below is where they stand in what was sent, such as "shifts.0.". */
export function useWrong(fields: readonly string[], below = '') {
  const { t } = useTranslation();
  return (field: Field) => (fields.includes(below + field) ? t(`lead.invalid.${field}`) : undefined);
}

/** Leads to the first field that is wrong, whenever something was refused. */
export function useFirstWrong(form: RefObject<HTMLFormElement | null>, refusal: Refusal | undefined, missing?: readonly string[]): void {
  useEffect(() => {
    if (refusal || missing?.length) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, refusal, missing]);
}
