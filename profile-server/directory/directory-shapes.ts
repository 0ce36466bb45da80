import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { secretText } from '../../common/shapes/account.ts';

const word = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\u0021-\u007e]+$/);
/** A claim or an attribute. */
const field = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w:/.;-]+$/);
const dn = z.string().trim().min(1).max(1000);

const personFields = z.object({
  name: field,
  displayName: field.nullable(),
  email: field.nullable(),
  group: field.nullable(),
});

export const oidcInput = z.object({
  id,
  name: z.string().trim().min(1).max(100),
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: word,
  /** Null: a public client; absent: the one that is kept. */
  clientSecret: secretText.nullable().optional(),
  secretBy: z.enum(['header', 'form']).optional(),
  scopes: z.array(word).min(1).max(20).optional(),
  claims: personFields.partial().optional(),
  demand: z
    .object({ claim: field, value: z.string().min(1).max(500) })
    .nullable()
    .optional(),
  makesUsers: z.boolean().optional(),
  provesFactor: z.boolean().optional(),
  logout: z.boolean().optional(),
});
export type OidcInput = z.infer<typeof oidcInput>;

export const ldapInput = z.object({
  servers: z
    .array(
      z
        .string()
        .max(300)
        .regex(/^ldaps?:\/\/[^/?#@\s]+\/?$/i),
    )
    .min(1)
    .max(10),
  startTls: z.boolean().optional(),
  allowsPlain: z.boolean().optional(),
  bindDn: dn.nullable().optional(),
  /** Null: none; absent: the one that is kept. */
  bindPassword: secretText.nullable().optional(),
  search: z
    .object({ base: dn, filter: z.string().trim().min(1).max(1000) })
    .nullable()
    .optional(),
  userDn: dn.nullable().optional(),
  idAttribute: field.optional(),
  attributes: personFields.partial().optional(),
  makesUsers: z.boolean().optional(),
});
export type LdapInput = z.infer<typeof ldapInput>;
