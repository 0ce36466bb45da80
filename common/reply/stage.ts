/** At which step a server said it: `session` is greeting, EHLO, STARTTLS; `login` is AUTH; `data` is after the final dot too. */
export type Stage = 'session' | 'login' | 'sender' | 'recipient' | 'data';

/** Who said it: a host of the recipient's domain, found by MX, or one that passes on what it is given, ours or a provider's. */
export type Speaker = 'mx' | 'smarthost';
