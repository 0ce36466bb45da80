import { REGISTRATIONS } from '../../common/shapes/policy.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { readOrganisationPolicy } from '../policy/read-policy.ts';

/** Who may register: as the server was started, or as the organisation says where that is stricter. */
export async function readRegistration(
  server: Pick<ProfileContext, 'settings'>,
  reader: Reader,
): Promise<(typeof REGISTRATIONS)[number]> {
  const { registration: said } = await readOrganisationPolicy(reader);
  const { registration } = server.settings;
  return said !== null && REGISTRATIONS.indexOf(said) > REGISTRATIONS.indexOf(registration)
    ? said
    : registration;
}
