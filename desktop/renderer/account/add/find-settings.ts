import type { Discovery } from '../../../../common/shapes/discovery.ts';
import type { OAuthChoice } from '../../../../common/shapes/oauth.ts';
import { profileServer, storageServer } from '../../session/clients.ts';

export interface FoundSettings {
  discovery: Discovery;
  /** Signing in at the provider's own page, where this server is ready for it. */
  oauth: OAuthChoice | null;
}

/** What is known of an address, and whether its provider's own sign-in can be used here. */
export async function findSettings(email: string, signal: AbortSignal): Promise<FoundSettings> {
  const [discovery, oauth] = await Promise.all([
    storageServer().discover.find.mutate({ email }, { signal }),
    profileServer()
      .oauth.providers.query(undefined, { signal })
      .catch(() => ({ providers: [] })),
  ]);
  return { discovery, oauth: chooseSignIn(discovery, oauth.providers) };
}

/** The provider's own sign-in, by its name or by the server that was found. */
export function chooseSignIn(discovery: Discovery, choices: readonly OAuthChoice[]): OAuthChoice | null {
  const host = discovery.found[0]?.pop3.host;
  const fits = ({ id, hosts }: OAuthChoice): boolean =>
    id === discovery.provider?.oauth || (host !== undefined && hosts.includes(host));
  return choices.find((choice) => choice.ready && fits(choice)) ?? null;
}

/** How the person gets in: `none` has no POP3, `blocked` would need a sign-in page that this server is not set up for. */
export type WayIn = 'none' | 'nothing-found' | 'oauth' | 'password' | 'blocked';

export function decideWayIn({ discovery, oauth }: FoundSettings): WayIn {
  const needs = discovery.provider?.needs ?? [];
  if (needs.includes('no-pop')) return 'none';
  if (discovery.found.length === 0) return 'nothing-found';
  if (oauth !== null) return 'oauth';
  return needs.includes('oauth') && !needs.includes('app-password') ? 'blocked' : 'password';
}

/** A provider's name as its button says it: "Gmail (Google)" is "Gmail". */
export function shortName(name: string): string {
  return name.replace(/ \(.*\)$/, '');
}
