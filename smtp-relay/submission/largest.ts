import { MESSAGE_BYTES, RECIPIENT_LIMIT } from '../../common/shapes/draft.ts';

/** RFC 1870: announced in EHLO. */
export const MAX_MESSAGE_SIZE = MESSAGE_BYTES;
/** RFC 5321 4.5.3.1.8 asks for 100 at least. */
export const MAX_RECIPIENTS = RECIPIENT_LIMIT;
