import type { SendLimits } from '../../../smtp-relay/submission/limit/send-limits.ts';

/** Nobody is held back. */
export const noLimits: SendLimits = {
  demandRoom: async () => undefined,
  demandRecipient: async () => undefined,
  demandSize: async () => undefined,
  count: () => undefined,
  list: async () => ({ perHour: null, limits: [] }),
  set: async () => undefined,
  stop: async () => undefined,
};
