import type { Enum } from '../../graphql';

/** Whether a role has effect only after signing in with a second factor. */
export const needsFactor = (role: Enum<'InvitedRole'>) => role === 'CITY_OFFICER' || role === 'COORDINATOR' || role === 'CONSULTANT';
