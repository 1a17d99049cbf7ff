import type { Enum } from '../../graphql';

/** What an NGO may work for, in the order in which it is offered. */
export const focuses = ['ECOLOGICAL', 'PATRIOTIC', 'VOLUNTEER', 'CULTURAL', 'EDUCATIONAL', 'SPORT', 'SOCIAL', 'MEDIA', 'DIGITAL', 'OTHER'] as const satisfies Enum<'Focus'>[];
