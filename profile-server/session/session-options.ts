import type { SessionOptions } from '../../common/shapes/session.ts';
import { VERSION } from '../../common/version.ts';
import type { ProfileContext } from '../context.ts';
import { findLdapRecord } from '../directory/ldap/ldap-store.ts';
import { listOidcChoices } from '../directory/oidc/provider/providers.ts';
import { leastLength } from '../password/choice/password-rule.ts';
import { readOrganisationPolicy } from '../policy/read-policy.ts';
import { readRegistration } from '../registration/read-registration.ts';

/** What the sign-in screen may offer, before anybody has said who he is. */
export async function readSessionOptions(server: ProfileContext): Promise<SessionOptions> {
  const { read } = server.db;
  const policy = await readOrganisationPolicy(read);
  return {
    registration: await readRegistration(server, read),
    setupNeeded: server.setupCode.code !== null,
    version: VERSION,
    oidc: await listOidcChoices(read),
    ldap: (await findLdapRecord(read)) !== undefined,
    passkeys: true,
    lab: policy.lab,
    remember: policy.remember,
    passwordLeast: leastLength(server, policy.secondFactor === 'required'),
    passwordLeastWithFactor: leastLength(server, true),
  };
}
