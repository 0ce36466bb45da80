import { makeTrpc } from '../server-kit/trpc.ts';
import type { StorageContext } from './context.ts';

/** The one tRPC instance of this part. */
export const trpc = makeTrpc<StorageContext>();
