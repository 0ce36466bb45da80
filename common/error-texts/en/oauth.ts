/** English sentences for signing in at mail providers (OAuth). */
export const enOAuth = {
  'needs-sign-in/oauth-expired': {
    message: 'Your permission for this account at the provider has ended.',
    action: 'Sign in there again.',
  },
  'unavailable/oauth-unavailable': {
    message: 'The provider’s sign-in service does not answer at the moment.',
    action: 'It is tried again by itself.',
  },
  'unavailable/oauth-token-refused': {
    message: 'The mail server refused a permission that was still valid.',
    action: 'A new one is fetched by itself.',
  },
  'unavailable/oauth-client': {
    message: 'The provider does not accept the way Valija is registered there.',
    action: 'The administrator has to check client id, secret and addresses of this provider.',
  },
  'sign-in-failed/oauth-denied': {
    message: 'The sign-in was refused at the provider.',
    action: 'Begin again and allow the access to your mail.',
  },
  'sign-in-failed/oauth-late': {
    message: 'The time to sign in at the provider is over.',
    action: 'Begin again.',
  },
  'sign-in-failed/oauth-answer': {
    message: 'The provider did not accept this sign-in.',
    action: 'Begin again.',
  },
  'sign-in-failed/oauth-scope': {
    message: 'The permission for mail was not given.',
    action: 'Begin again and tick the access to your mail.',
  },
  'sign-in-failed/oauth-other-mailbox': {
    message: 'You signed in as {email}, which is another mailbox.',
    action: 'Begin again and choose the right mailbox at the provider.',
  },
  'sign-in-failed/oauth-no-refresh': {
    message: 'The provider gave a permission for a short time only.',
    action: 'The administrator has to ask for a lasting one among the scopes, often offline_access.',
  },
  'sign-in-failed/oauth-session': {
    message: 'The session that began this sign-in is over.',
    action: 'Sign in to Valija and begin again.',
  },
  'sign-in-failed/oauth-unknown': {
    message: 'This sign-in is not known here, or has been used already.',
    action: 'Begin again in Valija.',
  },
  'not-found/oauth-unknown': { message: 'This sign-in is not known here.', action: 'Begin again.' },
  'not-found/oauth-provider': { message: 'No provider called “{provider}” is known.', action: null },
  'not-found/oauth-grant-gone': {
    message: 'The sign-in at the provider is too old or was used already.',
    action: 'Sign in there again.',
  },
  'invalid/oauth-grant-gone': {
    message: 'That sign-in belongs to another account.',
    action: 'Sign in again for this one.',
  },
  'not-yet/oauth-no-client': {
    message: 'Valija is not registered at {provider} yet.',
    action: 'The administrator has to set a client id for it.',
  },
  'invalid/oauth-flow': { message: '{provider} does not offer this way to sign in.', action: null },
  'invalid/oauth-host': {
    message: '{host} is no mail server of {provider}: the permission may only be used there.',
    action: 'Use the servers of the provider.',
  },
  'host-not-allowed/oauth-host': {
    message: '{host} is no mail server of {provider}: your permission is not sent there.',
    action: 'Whoever set this server for the account has to name one of the provider.',
  },
  'host-not-allowed/oauth-needs-tls': {
    message: 'Your permission at {provider} is only sent over an encrypted connection.',
    action: 'Whoever set this server for the account has to choose TLS or STARTTLS.',
  },
  'invalid/oauth-needs-tls': {
    message: 'Signing in at a provider needs an encrypted connection to the mail server.',
    action: 'Choose TLS or STARTTLS.',
  },
  'invalid/oauth-fact-missing': { message: '“{field}” is missing for this provider.', action: null },
  'invalid/oauth-url': {
    message: '“{field}” has to be an https address.',
    action: 'Plain http is allowed on this machine only.',
  },
  'invalid/oauth-other-provider': {
    message: 'This account does not sign in at {provider}.',
    action: 'Change how the account signs in first.',
  },
  'invalid/oauth-other-mailbox': {
    message: 'You signed in as {email}, which is another mailbox.',
    action: 'Sign in again with the address of this account.',
  },
  'invalid/oauth-auth': {
    message: 'A sign-in at the provider needs XOAUTH2 or OAUTHBEARER.',
    action: 'Choose one of them.',
  },
  'invalid/oauth-grant-needed': {
    message: 'This account needs a sign-in at its provider.',
    action: 'Sign in there first.',
  },
  'conflict/oauth-id-taken': {
    message: 'A built-in provider has this name.',
    action: 'Choose another name.',
  },
} as const;
