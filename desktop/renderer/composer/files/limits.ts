import type { ATTACHMENT_LIMITS } from '../../../../common/shapes/draft.ts';

/** The same as in common/shapes/draft.ts, which would bring its checks along; a test compares them. */
export const LIMITS: typeof ATTACHMENT_LIMITS = { totalBytes: 50 * 1024 * 1024, count: 200 };
