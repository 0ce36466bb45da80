import type { SendLimits } from '../../../smtp-relay/submission/limit/send-limits.ts';

/** Nobody is held back. */
export const noLimits: SendLimits = {
  demandRoom: async () => undefined,
  demandRecipient: async () => undefined,
  demandSize: async () => undefined,
  takeRoom: async () => undefined,
  giveRoom: () => undefined,
  list: async () => ({ perHour: null, limits: [] }),
  set: async () => undefined,
  stop: async () => undefined,
};
