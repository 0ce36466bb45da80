import { ORGANISATION } from '../../common/shapes/layer.ts';
import type { Policy, PolicySettings } from '../../common/shapes/policy.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { mergePolicy } from './merge-policy.ts';
import { findPolicy, listPoliciesOf } from './policy-store.ts';

/** What holds for a user: of organisation and group the stricter. */
export async function readPolicy(reader: Reader, user: string): Promise<Policy> {
  const places = await listPoliciesOf(reader, user);
  return mergePolicy(places.map(({ value }) => readSettings(value)));
}

/** What holds for everybody, and for who has no name yet. */
export async function readOrganisationPolicy(reader: Reader): Promise<Policy> {
  const found = await findPolicy(reader, ORGANISATION);
  return mergePolicy(found === undefined ? [] : [readSettings(found.value)]);
}

export function readSettings(value: string): PolicySettings {
  return JSON.parse(value) as PolicySettings;
}
