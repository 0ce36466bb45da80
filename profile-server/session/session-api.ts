import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { trpc } from '../trpc.ts';
import {
  endInput,
  refreshInput,
  registerInput,
  signInInput,
  type SessionRow,
  type SignIn,
  type SignedInUser,
  type Tokens,
} from './session-shapes.ts';
import type { Revocation } from '../../server-kit/auth/trust.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};

export const sessionRouter = trpc.router({
  options: trpc.open.query(
    async (): Promise<{
      registration: 'open' | 'invite' | 'closed';
      setupNeeded: boolean;
      version: string;
    }> => soon(),
  ),
  register: trpc.open.input(registerInput).mutation(async (): Promise<SignIn> => soon()),
  signIn: trpc.open.input(signInInput).mutation(async (): Promise<SignIn> => soon()),
  refresh: trpc.open.input(refreshInput).mutation(async (): Promise<Tokens> => soon()),
  signOut: trpc.user.mutation(async (): Promise<{ ended: string }> => soon()),
  whoami: trpc.user.query(
    async (): Promise<{
      user: SignedInUser;
      home: string | null;
      session: { id: string; expiresAt: string };
    }> => soon(),
  ),
  list: trpc.user.query(async (): Promise<{ sessions: SessionRow[] }> => soon()),
  end: trpc.user.input(endInput).mutation(async (): Promise<{ ended: number }> => soon()),
  revoked: trpc.part
    .input(z.object({ since: z.number().int().min(0), wait: z.boolean() }))
    .query(async (): Promise<{ seq: number; revoked: Revocation[] }> => soon()),
  makeInvite: trpc.admin.mutation(async (): Promise<{ invite: string; expiresAt: string }> => soon()),
});
