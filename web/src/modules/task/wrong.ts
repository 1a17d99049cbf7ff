import { type RefObject, useEffect } from 'react';
import type { Refusal } from '../../client/refusal';
import { useTranslation } from '../../words';

/** The fields that have words for what is wrong with them. */
type Field = 'title' | 'description' | 'place' | 'minAge' | 'startsAt' | 'endsAt' | 'capacity';

/** The words for the invalid fields of a form, by the hub's names; below is the path of these in the input, such as "shifts.0.". */
export function useWrong(fields: readonly string[], below = '') {
  const { t } = useTranslation();
  return (field: Field) => (fields.includes(below + field) ? t(`lead.invalid.${field}`) : undefined);
}

/** Moves the focus to the first invalid field whenever something was refused. */
export function useFirstWrong(form: RefObject<HTMLFormElement | null>, refusal: Refusal | undefined, missing?: readonly string[]): void {
  useEffect(() => {
    if (refusal || missing?.length) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, refusal, missing]);
}
