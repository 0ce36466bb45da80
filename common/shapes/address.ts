import { z } from 'zod';

/** ADDRESS of the contract. */
export const address = z.object({ name: z.string().max(500).nullable(), address: z.string().max(320) });
export type Address = z.infer<typeof address>;
