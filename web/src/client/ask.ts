import { useSyncExternalStore } from 'react';

const always = () => true;

/**
 * The mutations that remove something with a single tap, each with whether its input does so: the person has to confirm them.
 * Mutations with a form for a reason, a password or a word to type are confirmed by the form.
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

/** Asks the person, and resolves to the answer. Only one question is open at a time: any other is answered with no. */
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

/** Whether a mutation may go on: at once, or because the person confirmed it. */
export async function sure(field: string, variables: { input?: object } | undefined | void): Promise<boolean> {
  const asks = (asked as Record<string, ((input: object) => boolean) | undefined>)[field];
  return !asks?.(variables?.input ?? {}) || ask(field as Asked);
}

/** The open question. */
export const useQuestion = () => useSyncExternalStore(listen, () => question);

function listen(change: () => void) {
  changed.addEventListener('change', change);
  return () => changed.removeEventListener('change', change);
}
