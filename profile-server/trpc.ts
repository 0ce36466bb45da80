import { makeTrpc } from '../server-kit/trpc.ts';
import type { CallContext } from '../server-kit/trpc.ts';
import type { ServerResponse } from 'node:http';
import type { ProfileContext } from './context.ts';

/** What a procedure gets: who calls, the server's long-lived things, and the answer for its cookie (null off HTTP). */
export interface ProfileCallContext extends CallContext {
  server: ProfileContext;
  res: ServerResponse | null;
}

/** The one tRPC instance of this part. */
export const trpc = makeTrpc<ProfileCallContext>();
