import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { language } from '../../common/shapes/profile.ts';
import type { UserSource } from './user-store.ts';

/** `invited`: prepared, has not come yet; `removed`: can be restored until its rows go. */
const USER_STATES = ['active', 'invited', 'disabled', 'removed'] as const;
export type UserState = (typeof USER_STATES)[number];

/** A user as admins see one: nothing of the mail, no secret, no address of an account. Times are ISO 8601. */
export interface UserRow {
  id: string;
  name: string;
  displayName: string | null;
  group: { id: string; name: string } | null;
  state: UserState;
  admin: boolean;
  groupAdmin: boolean;
  source: UserSource;
  createdAt: string;
  lastSignIn: string | null;
  accounts: number;
  /** Accounts that are not fetched: failing, or waiting that their user signs in at the provider. */
  failing: number;
  /** When the rows of a removed user go. */
  purgeAt: string | null;
}

export interface UserPage {
  users: UserRow[];
  next: string | null;
  /** Of all that the question means, not of this page. */
  total: number;
}

/** What was done to a user, out of the audit log. */
export interface UserAct {
  at: string;
  action: string;
  /** Name of who did it; an id where that user is gone, `system` for the server itself. */
  by: string;
}

export interface UserView extends UserRow {
  sessions: number;
  factors: { totp: boolean; passkeys: number };
  /** Whether a reset can go by mail; the address itself is the user's. */
  secondAddress: 'none' | 'unproven' | 'proven';
  mustChange: boolean;
  /** A reset that waits for a second admin or for its user. */
  reset: ResetView | null;
  /** Newest first. */
  acts: UserAct[];
}

export interface ResetView {
  state: 'waiting' | 'open';
  how: 'mail' | 'hand' | 'self';
  by: string;
  madeAt: string;
  expiresAt: string;
}

const text = (longest: number) => z.string().trim().max(longest);
export const secondAddressShape = text(320).regex(/^[^\s@<>]+@[^\s@<>]+$/);

export const listInput = z.object({
  query: text(200).optional(),
  /** A group's id; `none` for users of no group. */
  group: z.union([id, z.literal('none')]).optional(),
  state: z.enum(USER_STATES).optional(),
  limit: z.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional(),
});
export type ListInput = z.infer<typeof listInput>;

export const addInput = z.object({
  name: z.string().max(500),
  displayName: text(200).nullable().optional(),
  group: id.nullable().optional(),
  /** Second address; the user proves it before a reset goes there. */
  email: secondAddressShape.nullable().optional(),
  language: language.optional(),
  how: z.enum(['invite', 'initial']),
  /** With `initial`: the organisation's own first password, changed before the first session. */
  password: z.string().max(4096).optional(),
});
export type AddInput = z.infer<typeof addInput>;

export const editInput = z.object({
  id,
  displayName: text(200).nullable().optional(),
  email: secondAddressShape.nullable().optional(),
});

export const importInput = z.object({
  csv: z.string().max(24 << 20),
  dryRun: z.boolean(),
  newCodes: z.boolean().default(false),
});
export type ImportInput = z.infer<typeof importInput>;
