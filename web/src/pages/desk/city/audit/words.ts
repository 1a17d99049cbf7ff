import type { Enum } from '../../../../graphql';
import { useTranslation } from '../../../../words';

/** The mutations of the schema, from the build, by build/schema.mjs. */
declare const __MUTATIONS__: string[];

/** What the audit log records: the mutations, and other actions. */
export const audited = [...__MUTATIONS__, 'Person.contact', 'auditEntries', 'downloadData', 'exportRegister', 'minor', 'oidc.link', 'oidc.signIn', 'photo.discard', 'photo.upload', 'purgeAccount'];

/** What was done, in the person's language: the words of the button, or words of its own. */
export function useAuditWords(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return (action) => {
    const verb = action.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as Enum<'Action'>;
    if (i18n.exists(`Action.${verb}`)) return t(`Action.${verb}`);
    return i18n.exists(`audit.what.${action}`) ? t(`audit.what.${action as 'signIn'}`) : action;
  };
}
