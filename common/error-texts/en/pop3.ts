/** English sentences for what a POP3 server does wrong. */
export const enPop3 = {
  'timeout/greeting': {
    message: 'The mail server takes the connection and says nothing.',
    action: 'Check port and kind of encryption. It is tried again by itself.',
  },
  'timeout/idle': {
    message: 'The mail server stopped answering.',
    action: 'It is tried again by itself; what has arrived is kept.',
  },
  'timeout/session': {
    message: 'The mail server was too slow.',
    action: 'What has arrived is kept; the rest is fetched next time.',
  },
  'tls/certificate-self-signed': {
    message: 'The mail server’s certificate is signed by itself.',
    action: 'Check the server’s name. A private authority has to be made known to Valija.',
  },
  'tls/certificate-not-yet-valid': {
    message: 'The mail server’s certificate is not valid yet.',
    action: 'Its operator, or this server’s clock, has to be put right.',
  },
  'tls/certificate-revoked': {
    message: 'The mail server’s certificate was revoked.',
    action: 'Only its operator can renew it.',
  },
  'server-error/greeting': {
    message: 'The mail server does not let anybody in at the moment.',
    action: 'It is tried again by itself.',
  },
  'protocol/garbage': {
    message: 'What answers there does not speak POP3.',
    action: 'Check name and port: perhaps another service answers there.',
  },
  'protocol/bare-line-feed': {
    message: 'The mail server ends its lines in a way that POP3 does not allow.',
    action: 'Only its operator can put this right.',
  },
  'protocol/line-too-long': {
    message: 'The mail server sends a line without end.',
    action: 'Check name and port: perhaps another service answers there.',
  },
  'protocol/unsolicited': {
    message: 'The mail server speaks without being asked.',
    action: 'Only its operator can put this right.',
  },
  'protocol/no-uidl': {
    message: 'The mail server does not number its mails, so new ones cannot be told from old ones.',
    action: 'Choose to delete mails there once they are here, or empty the mailbox.',
  },
  'unavailable/lease-lost': {
    message: 'The account was changed, or somebody else fetches its mail.',
    action: 'Nothing is lost. It is tried again by itself.',
  },
  'unavailable/stopping': { message: 'The server is about to stop.', action: 'Try again in a minute.' },
  'auth-failed/mechanism-not-offered': {
    message: 'The mail server does not offer this way to sign in. It offers: {offered}.',
    action: 'Choose another way to sign in.',
  },
  'auth-failed/server-unproven': {
    message: 'The mail server could not prove that it knows your password.',
    action: 'Perhaps another server answers in its place. Check its name; choose encryption.',
  },
  'auth-failed/scram-rounds': {
    message: 'The mail server asks for {rounds} rounds of work to sign in, which is not reasonable.',
    action: 'Choose another way to sign in.',
  },
  'needs-sign-in/oauth-refused': {
    message: 'The mail server no longer accepts the permission that you gave Valija.',
    action: 'Sign in with the provider again.',
  },
  'tls/encryption-needed': {
    message: 'The mail server takes passwords only over an encrypted connection.',
    action: 'Choose TLS or STARTTLS.',
  },
  'protocol/sasl': {
    message: 'The mail server does not keep to the rules of signing in.',
    action: 'Choose another way to sign in.',
  },
} as const;
