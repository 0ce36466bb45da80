import type { Pop3Settings, SmtpSettings } from './account.ts';

/** What a provider wants from its user before POP3 works; a sentence for each is in common/error-texts. */
export const PROVIDER_NEEDS = ['app-password', 'enable-pop', 'oauth', 'no-pop'] as const;
export type ProviderNeed = (typeof PROVIDER_NEEDS)[number];

/** Where settings come from, the surest first. */
export type DiscoverySource = 'provider' | 'autoconfig' | 'srv' | 'probe';

export interface DiscoveredSettings {
  source: DiscoverySource;
  pop3: Pop3Settings;
  smtp: SmtpSettings | null;
}

/** What is known of an e-mail address: settings to try, best first; none when nothing was found. */
export interface Discovery {
  email: string;
  provider: null | {
    id: string;
    name: string;
    needs: ProviderNeed[];
    /** Page of the provider that explains it. */
    help: string | null;
    /** Id for `oauth.begin`, null where only passwords work or no client id is set. */
    oauth: string | null;
  };
  found: DiscoveredSettings[];
}
