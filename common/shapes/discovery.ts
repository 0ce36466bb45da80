import type { Pop3Settings, SmtpSettings } from './account.ts';

/** What a provider wants from its user before POP3 works; a sentence for each is in common/error-texts. */
export const PROVIDER_NEEDS = ['app-password', 'enable-pop', 'oauth', 'no-pop'] as const;
export type ProviderNeed = (typeof PROVIDER_NEEDS)[number];

/** Where settings come from, the surest first. */
export type DiscoverySource = 'provider' | 'autoconfig' | 'srv' | 'probe';

export interface DiscoveredSettings {
  source: DiscoverySource;
  pop3: Pop3Settings;
  /** Where it sends, when a submission server was found. */
  smtp: SmtpSettings | null;
  /** It took a TLS connection with a good certificate and sign-ins just now. */
  smtpVerified: boolean;
  /** It took a TLS connection with a good certificate and greeted as POP3 just now. */
  verified: boolean;
  /**
   * Ask the user before a password goes there: the name came from DNS, which can be forged on the way, and is neither
   * inside the domain of the address nor that of a known provider (RFC 6186 section 6).
   */
  confirm: boolean;
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
  /** A server that was only found without encryption; never among `found`. */
  unencrypted: null | { host: string; port: number };
}
