import { makeTrpc } from '../server-kit/trpc.ts';
import type { RelayContext } from './context.ts';

/** The one tRPC instance of this part. */
export const trpc = makeTrpc<RelayContext>();
