import type { Enum } from '../../graphql';

/** Whether a role acts only for who has signed in with a second factor. */
export const needsFactor = (role: Enum<'InvitedRole'>) => role === 'CITY_OFFICER' || role === 'COORDINATOR' || role === 'CONSULTANT';
