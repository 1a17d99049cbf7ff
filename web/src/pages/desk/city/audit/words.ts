import type { Enum } from '../../../../graphql';
import { useTranslation } from '../../../../words';

/** What the audit log records: the mutations of the schema, and other actions. */
export const audited = [
  ...['Person.contact', 'acceptInvitation', 'acceptOffer', 'acceptProposal', 'addShift', 'adjustHours', 'adoptProposal'],
  ...['answerAppeal', 'answerInfo', 'answerMembership', 'answerMerge', 'answerMove', 'answerReport', 'appeal', 'approveHours'],
  ...['askForInfo', 'auditEntries', 'cancelShift', 'cancelSignup', 'cancelTask', 'changeEmail', 'changePassword', 'checkIn'],
  ...['checkInMany', 'checkInWithCode', 'checkOut', 'claimDone', 'confirmSecondFactor', 'correctAttendance', 'createNgo'],
  ...['createTask', 'createTeam', 'declineOffer', 'declineProposal', 'disputeResult', 'downloadData', 'endRole'],
  ...['endSecondFactor', 'endSession', 'endSuspension', 'eraseAccount', 'erasePerson', 'exportRegister', 'giveRole'],
  ...['hideContent', 'inviteByEmail', 'inviteMember', 'issueCertificate', 'leaveTeam', 'linkTelegram', 'markNoShow'],
  ...['markNoticesRead', 'mergeProposal', 'minor', 'moveTeam', 'oidc.link', 'oidc.signIn', 'openTask', 'photo.discard'],
  ...['photo.upload', 'postProgress', 'purgeAccount', 'reassignProposal', 'recordConsent', 'register', 'rejectHours'],
  ...['removeMember', 'removeSpecialDay', 'renewRecoveryCodes', 'reportContent', 'requestConsent', 'requestData', 'requestMembership'],
  ...['requestPasswordReset', 'resetPassword', 'resetSecondFactor', 'reviewProposal', 'revokeCertificate', 'sendAgain'],
  ...['sendBack', 'setCentreState', 'setMemberRole', 'setNgoState', 'setNoticePreferences', 'setSpecialDay', 'showContent', 'signIn', 'signOut'],
  ...['signUp', 'startSecondFactor', 'startTask', 'submitProposal', 'supportProposal', 'suspendPerson', 'unlinkIdentity'],
  ...['unlinkTelegram', 'updateNgo', 'updateProfile', 'updateShift', 'updateTask', 'verifyEmail', 'verifyTask'],
  ...['withdrawConsent', 'withdrawInvitation', 'withdrawMembership', 'withdrawProposal', 'withdrawSupport'],
];

/** What was done, in the person's language: the words of the button, or words of its own. */
export function useAuditWords(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return (action) => {
    const verb = action.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as Enum<'Action'>;
    if (i18n.exists(`Action.${verb}`)) return t(`Action.${verb}`);
    return i18n.exists(`audit.what.${action}`) ? t(`audit.what.${action as 'signIn'}`) : action;
  };
}
