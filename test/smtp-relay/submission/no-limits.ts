import type { SendLimits } from '../../../smtp-relay/submission/limit/send-limits.ts';

/** Nobody is held back. */
export const noLimits: SendLimits = {
  demandRoom: async () => undefined,
  demandRecipient: async () => undefined,
  demandSize: async () => undefined,
  count: () => undefined,
  stop: async () => undefined,
};
