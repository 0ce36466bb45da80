import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { openingAnswer } from '../../common/shapes/factor.ts';
import { language } from '../../common/shapes/profile.ts';
import { PASSWORD_LENGTH } from '../password/choice/password-rule.ts';

const MAX_NAME_INPUT = 500;

/** A session as its user sees it in the list. */
export interface SessionRow {
  id: string;
  client: string | null;
  address: string;
  createdAt: string;
  lastSeen: string;
  current: boolean;
  lab: boolean;
  /** The computer as those who manage it call it. */
  room: string | null;
  pc: string | null;
}

/**
 * How the session is kept: `remember` outlives the browser, `cookie` keeps the refresh token from scripts, `lab` keeps
 * it in the client's memory alone and ends it after a short rest.
 */
export const keeping = {
  client: z.string().max(200).optional(),
  remember: z.boolean().optional(),
  cookie: z.boolean().optional(),
  lab: z.boolean().optional(),
  room: z.string().max(100).optional(),
  pc: z.string().max(100).optional(),
};

/** A name of any form is let in here: signing in must not tell which names could exist. */
export const signInInput = z.object({
  name: z.string().max(MAX_NAME_INPUT),
  password: z.string().max(PASSWORD_LENGTH.max * 4),
  ...keeping,
});

export const registerInput = z.object({
  name: z.string().max(MAX_NAME_INPUT),
  password: z.string().max(PASSWORD_LENGTH.max * 4),
  language: language.optional(),
  setupCode: z.string().max(200).optional(),
  invite: z.string().max(200).optional(),
  ...keeping,
});
export type RegisterInput = z.infer<typeof registerInput>;

/** After a provider's page: what it was left with, or the secret of the program that waits. */
export const ticketInput = z.object({
  ticket: z.string().min(40).max(100),
  /** It came with an address, which anybody may have made up: then a program's secret is worth nothing. */
  fromAddress: z.boolean().optional(),
  ...keeping,
});

/** The password, or the answer of a passkey to the question of `session.askOpening`. */
export const unlockInput = z.union([
  z.object({ password: z.string().max(PASSWORD_LENGTH.max * 4) }),
  z.object({ passkey: openingAnswer }),
]);

export const refreshInput = z.object({ refreshToken: z.string().max(500) });

export const endInput = z.union([z.object({ id }), z.object({ others: z.literal(true) })]);
