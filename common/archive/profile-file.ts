import { z } from 'zod';
import { accountSettings } from '../shapes/account.ts';
import { profilePart, type ProfileItem } from '../shapes/profile.ts';

const PROFILE_FORMAT = 'valija-profile';
const PROFILE_VERSION = 1;

/** What `profile export` writes and an archive carries: every item, without secrets and without states. */
export const profileFile = z.object({
  format: z.literal(PROFILE_FORMAT),
  version: z.number().int().min(1).max(PROFILE_VERSION),
  made: z.string(),
  items: z.array(z.object({ part: profilePart, id: z.string().min(1).max(64), value: z.json() })).max(50_000),
});
export type ProfileFile = z.infer<typeof profileFile>;

/** Of an account its settings and its provider: how its polls go is not the profile's. */
const accountItem = accountSettings.extend({ oauth: z.string().nullable().default(null) });

/** `made` is ISO 8601. Left out are removed items, and what a layer gives: who gets the file has layers of his own. */
export function makeProfileFile(items: readonly ProfileItem[], made: string): ProfileFile {
  const kept = items.filter(({ value, layer }) => value !== null && layer === undefined);
  return {
    format: PROFILE_FORMAT,
    version: PROFILE_VERSION,
    made,
    items: kept.map(({ part, id, value }) => ({
      part,
      id,
      value: (part === 'accounts' ? accountItem.parse(value) : value) as z.core.util.JSONType,
    })),
  };
}
