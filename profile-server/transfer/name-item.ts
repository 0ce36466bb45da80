import type { ProfilePart } from '../../common/shapes/profile.ts';

/** What people call an item, by its value as JSON. */
export function nameItem(part: ProfilePart, id: string, value: string | null): string {
  if (part === 'preferences' || value === null) return id;
  const { name, email, address, organisation } = JSON.parse(value) as Record<string, unknown>;
  const named =
    { accounts: email, identities: address }[part as 'accounts' | 'identities'] ?? (name || organisation);
  return typeof named === 'string' && named !== '' ? named : id;
}
