/** How a provider's maildrops are reached. All POP3 on port 995 with TLS. Not tried on the live services: keep editable. */
export interface Provider {
  domains: readonly string[];
  pop3: string;
  smtp: string | null;
  smtpPort?: 465 | 587;
  /** The login is what stands before the @. */
  localUser?: true;
  /** What the person has to know: an app password, or that passwords no longer work. */
  note?: 'app-password' | 'oauth-only';
  /** Seconds between sign-ins that the provider asks for. */
  minimum?: number;
}

export const PROVIDERS: readonly Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], pop3: 'pop.gmail.com', smtp: 'smtp.gmail.com', note: 'app-password' },
  {
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.es', 'hotmail.es'],
    pop3: 'outlook.office365.com',
    smtp: 'smtp-mail.outlook.com',
    smtpPort: 587,
    note: 'oauth-only',
  },
  {
    domains: ['yahoo.com', 'yahoo.es', 'ymail.com'],
    pop3: 'pop.mail.yahoo.com',
    smtp: 'smtp.mail.yahoo.com',
    note: 'app-password',
  },
  { domains: ['aol.com'], pop3: 'pop.aol.com', smtp: null, note: 'app-password' },
  { domains: ['att.net'], pop3: 'inbound.att.net', smtp: null, note: 'app-password' },
  { domains: ['comcast.net', 'xfinity.com'], pop3: 'mail.comcast.net', smtp: null },
  { domains: ['mail.ru'], pop3: 'pop.mail.ru', smtp: null, note: 'app-password' },
  { domains: ['gmx.net', 'gmx.de', 'gmx.at'], pop3: 'pop.gmx.net', smtp: 'mail.gmx.net', smtpPort: 587 },
  { domains: ['web.de'], pop3: 'pop3.web.de', smtp: null, localUser: true, minimum: 720 },
  { domains: ['t-online.de'], pop3: 'securepop.t-online.de', smtp: null },
  { domains: ['free.fr'], pop3: 'pop.free.fr', smtp: null, localUser: true },
  { domains: ['orange.fr', 'wanadoo.fr'], pop3: 'pop.orange.fr', smtp: null },
  { domains: ['laposte.net'], pop3: 'pop.laposte.net', smtp: null, localUser: true },
  { domains: ['libero.it'], pop3: 'popmail.libero.it', smtp: null },
  { domains: ['yandex.com', 'yandex.ru'], pop3: 'pop.yandex.com', smtp: null, note: 'app-password' },
  { domains: ['zoho.com', 'zohomail.com'], pop3: 'pop.zoho.com', smtp: 'smtp.zoho.com' },
  { domains: ['seznam.cz', 'email.cz'], pop3: 'pop3.seznam.cz', smtp: null },
  { domains: ['wp.pl'], pop3: 'pop3.wp.pl', smtp: null, localUser: true },
  { domains: ['naver.com'], pop3: 'pop.naver.com', smtp: null },
  {
    domains: ['fastmail.com', 'fastmail.fm'],
    pop3: 'pop.fastmail.com',
    smtp: 'smtp.fastmail.com',
    note: 'app-password',
  },
];

/** Providers that have no POP3 at all. */
const WITHOUT_POP3: readonly string[] = ['icloud.com', 'me.com', 'mac.com'];

export interface Guess {
  host: string;
  user: string;
  smtpHost: string;
  smtpPort: 465 | 587;
  minimum: number;
  note: 'app-password' | 'oauth-only' | 'no-pop3' | null;
  /** False: only made from the domain's name. */
  known: boolean;
}

/** Settings for an address: from the table, else the names that most servers have. */
export function guessSettings(email: string): Guess {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@');
  const found = PROVIDERS.find(({ domains }) => domains.includes(domain));
  const smtpPort = found?.smtpPort ?? 465;
  return {
    host: found?.pop3 ?? `pop.${domain}`,
    user: found?.localUser === true ? local : email.trim(),
    smtpHost: found?.smtp ?? `smtp.${domain}`,
    smtpPort,
    minimum: found?.minimum ?? 60,
    note: WITHOUT_POP3.includes(domain) ? 'no-pop3' : (found?.note ?? null),
    known: found !== undefined,
  };
}
