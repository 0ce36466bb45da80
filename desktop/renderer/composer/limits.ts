import type { ATTACHMENT_LIMITS, BODY_LIMITS, PRECEDENT_LIMIT } from '../../../common/shapes/draft.ts';

/** The same as in common/shapes/draft.ts, which would bring its checks along; a test compares them. */
export const LIMITS: typeof ATTACHMENT_LIMITS = { totalBytes: 50 * 1024 * 1024, count: 200 };

/** Longest bodies, in UTF-16 units. */
export const BODIES: typeof BODY_LIMITS = { text: 250_000, html: 400_000 };

/** Most recipients about whom the server is asked at once. */
export const PRECEDENTS_ASKED: typeof PRECEDENT_LIMIT = 50;
