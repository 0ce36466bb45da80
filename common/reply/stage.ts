/** At which step a server said it: `session` is greeting, EHLO, STARTTLS; `login` is AUTH; `data` is after the final dot too. */
export type Stage = 'session' | 'login' | 'sender' | 'recipient' | 'data';
