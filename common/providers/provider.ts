import type { ProviderNeed } from '../shapes/discovery.ts';

/** A POP3 or submission server of a provider; all over TLS. */
export interface ProviderServer {
  host: string;
  port: number;
  tls: 'implicit' | 'starttls';
}

/** What an OAuth sign-in needs to know (RFC 6749, RFC 8414). Client ids are the admin's own, never in this table. */
export interface ProviderOAuth {
  /** Which flows the provider has for mail; the first is the one offered. */
  flows: readonly ('code' | 'device')[];
  authorizeUrl: string;
  tokenUrl: string;
  deviceUrl: string | null;
  /** For POP3 and SMTP together. */
  scopes: readonly string[];
  /** More parameters of the authorization request, such as Google's `access_type=offline`. */
  extra: Readonly<Record<string, string>>;
  /** SASL mechanism that its mail servers take. */
  sasl: 'xoauth2' | 'oauthbearer';
}

/** What is known of a mail provider. Data, from its own pages and Mozilla's ISPDB; not tried on the live services, so keep it editable. */
export interface Provider {
  id: string;
  name: string;
  /** Domains of its addresses; a domain whose MX ends with one of `mxEnds` is its customer's. */
  domains: readonly string[];
  mxEnds?: readonly string[];
  /** Null: it has no POP3. */
  pop3: ProviderServer | null;
  smtp: ProviderServer | null;
  /** Servers for domains of its customers (found by their MX), where they are others than those of its own domains. */
  customers?: { pop3?: ProviderServer; smtp?: ProviderServer };
  /** What the login is: the whole address (default) or what stands before the @. */
  login?: 'local';
  needs: readonly ProviderNeed[];
  help: string | null;
  oauth: ProviderOAuth | null;
  /** Seconds between two sign-ins on one maildrop that it demands; none is known where it is missing. */
  loginGap?: number;
  /** Sessions at once from us on its hosts; the general cap where it is missing. */
  sessionsAtHost?: number;
  /** It lists at most so many messages in one session: sign in again until none is left. */
  listsAtMost?: number;
  /** What its submission servers let one login do, or a careful guess where it only says that there is a limit. */
  submission?: { connections?: number; mailsPerConnection?: number; mailsPerMinute?: number };
  /** It files a copy of what is submitted into its own Sent. */
  filesSentCopies?: true;
  /** `authserv-id` of the Authentication-Results that its border adds (RFC 8601). */
  authservIds?: readonly string[];
}
