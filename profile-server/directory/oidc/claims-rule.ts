import type { OidcProvider, PersonFields } from '../../../common/shapes/directory.ts';
import type { Language } from '../../../common/shapes/profile.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Who somebody is, as a service outside tells it. */
export interface Person {
  /** For the user's name here. */
  name: string | null;
  displayName: string | null;
  /** Only one that the service has proven. */
  email: string | null;
  /** Names of groups there; null: nothing is said of them. */
  groups: string[] | null;
  /** One of ours, where the service tells it. */
  language: Language | null;
}

/** The person of the claims; what is absent or of another kind than expected is null. */
export function readPerson(claims: Claims, fields: PersonFields): Person {
  const text = (field: string | null, most: number): string | null => {
    const value = field === null ? null : claims[field];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, most) : null;
  };
  const unproven = fields.email === 'email' && claims['email_verified'] === false;
  const email = unproven ? null : text(fields.email, 320);
  return {
    name: text(fields.name, 200),
    displayName: text(fields.displayName, 200),
    email: email !== null && /^[^@\s]+@[^@\s]+$/.test(email) ? email : null,
    groups: fields.group === null ? null : readWords(claims[fields.group]),
    language: chooseLanguage(text('locale', 35) ?? text('preferredLanguage', 35)),
  };
}

/** Whether the provider lets this person in here: the claim is the value, or a list that has it. */
export function isDemanded(claims: Claims, demand: OidcProvider['demand']): boolean {
  return demand === null || readWords(claims[demand.claim]).includes(demand.value);
}

/** Which claims are still wanted after the ID token: many providers tell them at the userinfo endpoint only. */
export function lacksClaims(claims: Claims, provider: Pick<OidcProvider, 'claims' | 'demand'>): boolean {
  const { name, displayName, email, group } = provider.claims;
  return [name, displayName, email, group, provider.demand?.claim ?? null].some(
    (claim) => claim !== null && claims[claim] === undefined,
  );
}

/** Methods that are more than a password (RFC 8176, 2). */
const STRONG_METHODS = new Set(['mfa', 'otp', 'hwk', 'swk', 'fpt', 'face', 'sc']);
/**
 * Classes of sign-in that mean several factors: REFEDS MFA, OpenID Connect Extended Authentication Profile 1.0 (2), PAPE 1.0
 * (4.2). Levels of assurance, which each federation counts for itself, say nothing here.
 */
const STRONG_CLASSES = new Set([
  'https://refeds.org/profile/mfa',
  'phr',
  'phrh',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor-physical',
]);

/** That the provider itself asked for more than a password: `amr`, or `acr` (OpenID Connect Core 2). */
export function tellsFactors(claims: Claims): boolean {
  if (readWords(claims['amr']).some((method) => STRONG_METHODS.has(method))) return true;
  const { acr } = claims;
  return typeof acr === 'string' && STRONG_CLASSES.has(acr);
}

/** Of a tag such as `es-ES` (BCP 47). */
function chooseLanguage(tag: string | null): Language | null {
  const [language = ''] = (tag ?? '').toLowerCase().split(/[-_]/);
  return language === 'en' || language === 'es' ? language : null;
}

function readWords(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => ['string', 'number', 'boolean'].includes(typeof one))
    .map(String)
    .slice(0, 500);
}
