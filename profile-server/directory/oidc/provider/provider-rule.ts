import { MailError } from '../../../../common/errors.ts';
import type { OidcProvider, PersonFields } from '../../../../common/shapes/directory.ts';
import { isSafeUrl } from '../../../oauth/provider/provider-rule.ts';
import type { OidcInput } from '../../directory-shapes.ts';

/** What is kept of a provider beside issuer, client id and secret. */
export type ProviderFacts = Omit<OidcProvider, 'id' | 'issuer' | 'clientId' | 'hasSecret'>;

/** Claims of OpenID Connect Core 5.1. */
const USUAL_CLAIMS: PersonFields = {
  name: 'preferred_username',
  displayName: 'name',
  email: 'email',
  group: null,
};

/** The admin's words made whole by the usual ones; MailError `invalid` names the field. */
export function makeFacts(input: OidcInput): ProviderFacts {
  if (!isSafeUrl(input.issuer)) {
    throw new MailError('invalid', 'the issuer is not safe', {
      reason: 'oauth-url',
      field: 'issuer',
      params: { field: 'issuer' },
    });
  }
  const scopes = input.scopes ?? ['openid', 'profile', 'email'];
  return {
    name: input.name,
    secretBy: input.secretBy ?? 'header',
    // Without it there is no ID token (OpenID Connect Core 3.1.2.1).
    scopes: scopes.includes('openid') ? scopes : ['openid', ...scopes],
    claims: { ...USUAL_CLAIMS, ...dropUnset(input.claims ?? {}) },
    demand: input.demand ?? null,
    makesUsers: input.makesUsers ?? false,
    provesFactor: input.provesFactor ?? false,
    logout: input.logout ?? false,
  };
}

function dropUnset<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
