/** English sentences for what other mail servers answer: fetching and sending. */
export const enAccount = {
  'host-not-allowed': {
    message: 'This server address is not allowed here.',
    action: 'Private addresses and unusual ports are only open when the administrator allows them.',
  },
  'host-not-allowed/private-address': {
    message: '{host} is a private address, which is not allowed here.',
    action: 'The administrator can allow it with VALIJA_ALLOW_NETWORKS.',
  },
  'host-not-allowed/port': {
    message: 'Port {port} is not allowed for mail.',
    action: 'Allowed are 110, 995, 25, 465, 587 and 2525.',
  },
  dns: { message: 'The server name was not found.', action: 'Check how the name is spelt.' },
  'dns/not-found': { message: 'There is no server called {host}.', action: 'Check how the name is spelt.' },
  'connect-refused': {
    message: 'The mail server does not take connections.',
    action: 'Check name and port.',
  },
  timeout: { message: 'The mail server did not answer in time.', action: 'It is tried again by itself.' },
  tls: {
    message: 'No safe connection to the mail server came about.',
    action: 'Check the kind of encryption and the port.',
  },
  'tls/certificate-expired': {
    message: 'The mail server’s certificate has expired.',
    action: 'Only its operator can renew it.',
  },
  'tls/certificate-name': {
    message: 'The mail server’s certificate is for another name.',
    action: 'Use the name that the provider gives.',
  },
  'tls/certificate-untrusted': {
    message: 'The mail server’s certificate is not from a known authority.',
    action: 'Check the server’s name. A private authority has to be made known to Valija.',
  },
  'tls/not-offered': {
    message: 'The mail server offers no encryption on this port.',
    action: 'Choose another port or kind of encryption.',
  },
  'auth-failed': {
    message: 'The mail server does not accept user name or password.',
    action: 'Check both. Many providers want an app password.',
  },
  'needs-sign-in': {
    message: 'This account needs you to sign in again.',
    action: 'Enter its password again.',
  },
  'in-use': {
    message: 'The mailbox is in use by another program.',
    action: 'It is tried again by itself.',
  },
  'login-delay': {
    message: 'The provider allows sign-ins less often.',
    action: 'It is tried again by itself.',
  },
  'login-delay/wait': { message: 'The provider allows the next sign-in in {n} s.', action: null },
  'too-soon': { message: 'This was checked a moment ago.', action: 'Try again in a few seconds.' },
  'too-soon/wait': { message: 'This was checked a moment ago. The next time is in {n} s.', action: null },
  protocol: {
    message: 'The mail server answered something that makes no sense.',
    action: 'Check name and port: perhaps another service answers there.',
  },
  'protocol/not-valija': {
    message: 'What answers at this address is not Valija.',
    action: 'Check VALIJA_SERVER: it is the address of the profile-server.',
  },
  dropped: { message: 'The mail server broke the connection off.', action: 'It is tried again by itself.' },
  'server-error': {
    message: 'The mail server reports a fault of its own.',
    action: 'It is tried again by itself.',
  },
  'route-refused': {
    message: 'This address cannot be sent from on this way.',
    action: 'Choose another sender address, or send through that account’s own server.',
  },
  'route-refused/not-your-address': {
    message: '{from} is not one of your addresses.',
    action: 'Add it as an account first.',
  },
  'recipient-refused': { message: 'A recipient was refused.', action: 'Check the address.' },
  'recipient-refused/bad-address': {
    message: '{address} is not a mail address.',
    action: 'Check how it is spelt.',
  },
  'recipient-refused/none': { message: 'The mail has no recipient.', action: 'Add at least one.' },
} as const;
