import { z } from 'zod';
import { newPasskey, passkeyAnswer } from '../../../common/shapes/passkey.ts';
import { PASSWORD_LENGTH } from '../../password/choice/password-rule.ts';

/** A ticket carries sealed state, at most a password of 4,096 bytes with it. */
export const ticketText = z.string().min(1).max(20_000);

/** The answer to a step: what it asked for, one of them. */
export const answerInput = z.object({
  ticket: ticketText,
  /** The code of the authenticator app; where one is set up, its first code. */
  totp: z.string().max(100).optional(),
  recovery: z.string().max(200).optional(),
  passkey: passkeyAnswer.optional(),
  /** Made by the options of `set-up-factor`, and how it is called. */
  newPasskey: newPasskey.optional(),
  name: z.string().max(400).optional(),
  newPassword: z
    .string()
    .max(PASSWORD_LENGTH.max * 4)
    .optional(),
});
export type AnswerInput = z.infer<typeof answerInput>;

export const changeInput = z.object({
  old: z.string().max(PASSWORD_LENGTH.max * 4),
  new: z.string().max(PASSWORD_LENGTH.max * 4),
  /** Ends the user's other sessions. */
  endOthers: z.boolean().default(false),
  /** Ends all app passwords too. */
  endApps: z.boolean().default(false),
});
