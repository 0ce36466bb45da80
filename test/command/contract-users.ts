import { z } from 'zod';
import { id, orNull, text, time } from './contract-words.ts';

// Who is signed in.
export const register = z.strictObject({ user: z.strictObject({ id, name: text, admin: z.boolean() }) });
export const whoami = z.strictObject({
  user: z.strictObject({
    id,
    name: text,
    admin: z.boolean(),
    language: z.enum(['en', 'es']),
    groupAdmin: z.boolean(),
    displayName: orNull(text),
    group: orNull(z.strictObject({ id, name: text })),
  }),
  home: z.url(),
  session: z.strictObject({ id, expiresAt: time }),
});
