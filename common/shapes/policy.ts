import { z } from 'zod';
import { INTERVAL_SECONDS } from './account.ts';

/** A host by its name, or `*.domain` for all inside of a domain and the domain itself. */
export const hostPattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(255)
  .regex(/^(\*\.)?[^\s/@*:]+$/);

/** A MIME type such as `application/pdf`, or a family such as `image/*`. */
export const typePattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(127)
  .regex(/^[a-z0-9!#$&^_.+-]+\/(\*|[a-z0-9!#$&^_.+-]+)$/);

/** How long mail has to stay on maildrops: `any` demands nothing, `always` for ever, `days:N` at least N days. */
export const leastKeep = z.string().regex(/^(any|always|days:[1-9]\d{0,3})$/);

export const REGISTRATIONS = ['open', 'invite', 'closed'] as const;
export const SECOND_FACTORS = ['optional', 'required'] as const;
export const LAB_POLICIES = ['off', 'offered', 'forced'] as const;

/** Rules of the organisation or of a group as they are in force: all of them. */
export const policy = z.object({
  /** Hosts that accounts may name for POP3 and as smarthost; null: all. */
  allowedHosts: z.array(hostPattern).max(500).nullable(),
  /** Seconds below which no account is polled; null: only the provider's own minimum. */
  smallestInterval: z.number().int().min(INTERVAL_SECONDS.min).max(INTERVAL_SECONDS.max).nullable(),
  /** Bytes of mail that a user may keep; null: no limit. */
  quotaBytes: z
    .number()
    .int()
    .min(1024 * 1024)
    .max(2 ** 50)
    .nullable(),
  leastKeep,
  /** Whether users may have accounts beside those that the organisation gives them. */
  ownAccounts: z.boolean(),
  /** Who may register; null: as VALIJA_REGISTRATION says. Of the organisation only, and never more open than that. */
  registration: z.enum(REGISTRATIONS).nullable(),
  /** Whether a session may outlive the browser. */
  remember: z.boolean(),
  secondFactor: z.enum(SECOND_FACTORS),
  /** A second admin has to agree to each reset. */
  resetNeedsTwo: z.boolean(),
  /** Whether accounts may be polled only while their user is signed in. */
  signedInOnly: z.boolean(),
  lab: z.enum(LAB_POLICIES),
  labIdleMinutes: z.number().int().min(1).max(240),
  /** What a lab session may save as a file; all else is only shown. */
  labSaves: z.array(typePattern).max(100),
});
export type Policy = z.infer<typeof policy>;

/** What was set in one place: what is not there is left to the place above, and in the end to `DEFAULT_POLICY`. */
export const policySettings = policy.partial();
/** Not zod's: what is left out and what is `undefined` are the same. */
export type PolicySettings = { [Key in keyof Policy]?: Policy[Key] | undefined };

export const DEFAULT_POLICY: Policy = {
  allowedHosts: null,
  smallestInterval: null,
  quotaBytes: null,
  leastKeep: 'any',
  ownAccounts: true,
  registration: null,
  remember: true,
  secondFactor: 'optional',
  resetNeedsTwo: false,
  signedInOnly: true,
  lab: 'offered',
  labIdleMinutes: 10,
  labSaves: [],
};

/** A policy as admins see it: what was set here, and what is in force with what stands above. */
export interface PolicyView {
  /** `organisation` or a group's id. */
  of: string;
  /** Counts the changes: the base of the next one; 0 before the first. */
  revision: number;
  settings: PolicySettings;
  inForce: Policy;
  changedAt: string | null;
  /** Name of the admin; null before the first change, or when that user is gone. */
  changedBy: string | null;
}
