import { useSyncExternalStore } from 'react';

const always = () => true;

/**
 * The mutations that take something away at a tap, with what they are told when they do: the person is asked first. What has a form for
 * its reason, a password or a word to type is asked by that.
 */
export const asked = {
  answerMembership: ({ accept }: { accept?: boolean }) => !accept,
  cancelSignup: always,
  declineOffer: always,
  endSession: always,
  leaveTeam: always,
  removeSpecialDay: always,
  setMemberRole: ({ role }: { role?: string }) => role === 'MEMBER',
  unlinkIdentity: always,
  unlinkTelegram: always,
  withdrawInvitation: always,
  withdrawMembership: always,
  withdrawProposal: always,
  withdrawSupport: always,
};

export type Asked = keyof typeof asked;
export type Question = { about: Asked; answer: (yes: boolean) => void };

let question: Question | undefined;
const changed = new EventTarget();

function put(next?: Question) {
  question = next;
  changed.dispatchEvent(new Event('change'));
}

/** Asks the person, and resolves to the answer. One question is open at a time: another one is answered with no. */
export function ask(about: Asked): Promise<boolean> {
  if (question) return Promise.resolve(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      put();
      resolve(yes);
    };
    put({ about, answer });
  });
}

/** Whether a mutation may go on: at once, or because the person said so. */
export async function sure(field: string, variables: { input?: object } | undefined | void): Promise<boolean> {
  const asks = (asked as Record<string, ((input: object) => boolean) | undefined>)[field];
  return !asks?.(variables?.input ?? {}) || ask(field as Asked);
}

/** The question that is open. */
export const useQuestion = () => useSyncExternalStore(listen, () => question);

function listen(change: () => void) {
  changed.addEventListener('change', change);
  return () => changed.removeEventListener('change', change);
}
