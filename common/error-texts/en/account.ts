/** English sentences for what other mail servers answer: fetching and sending. */
export const enAccount = {
  'host-not-allowed': {
    message: 'This server address is not allowed here.',
    action: 'Private addresses and unusual ports are only open when the administrator allows them.',
  },
  'host-not-allowed/port': {
    message: 'Port {port} is not allowed for mail.',
    action: 'Allowed are 110, 995, 25, 465, 587 and 2525.',
  },
  dns: { message: 'The server name was not found.', action: 'Check how the name is spelt.' },
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
  'protocol/not-profile-server': {
    message: 'What answers at {server} is not a profile-server of Valija.',
    action: 'Check VALIJA_SERVER: people open that address in the browser, as http://localhost:7310.',
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
  'host-not-allowed/network': {
    message: '{host} is a private address, which is not allowed here.',
    action: 'The administrator can allow it with VALIJA_ALLOW_NETWORKS.',
  },
  'dns/unknown-host': {
    message: 'There is no server called {host}.',
    action: 'Check how the name is spelt.',
  },
  'dns/no-answer': {
    message: 'The name {host} could not be looked up now.',
    action: 'It is tried again by itself.',
  },
  'timeout/connect': {
    message: 'The mail server does not answer.',
    action: 'Check name and port. It is tried again by itself.',
  },
  'timeout/handshake': {
    message: 'The mail server did not finish setting up encryption.',
    action: 'Check the port and the kind of encryption.',
  },
  'tls/handshake': {
    message: 'The mail server and Valija did not agree on encryption.',
    action: 'Check the port and the kind of encryption.',
  },
  'tls/not-tls': {
    message: 'The mail server does not speak TLS on this port.',
    action: 'Choose STARTTLS, or the port for TLS (995, 465).',
  },
  'tls/mta-sts': {
    message:
      'The recipient’s domain demands safe encryption (MTA-STS), and its mail server did not offer it.',
    action: 'It is tried again. If it lasts, tell the recipient’s provider.',
  },
  'tls/requiretls': {
    message: 'The mail was to travel safely encrypted only, and the next mail server does not promise that.',
    action: 'Send it without that demand, or by another way.',
  },
  'tls/starttls-not-offered': {
    message: 'The mail server offers no encryption on this port.',
    action: 'Choose another port or kind of encryption.',
  },
  'tls/starttls-refused': {
    message: 'The mail server refused to start encryption.',
    action: 'Choose another port or kind of encryption.',
  },
  'auth-failed/app-password': {
    message: 'The provider wants an app password for programs.',
    action: 'Make one on the provider’s website and enter it here.',
  },
  'auth-failed/pop-disabled': {
    message: 'POP3 is switched off in this mailbox.',
    action: 'Switch it on in the settings on the provider’s website.',
  },
  'auth-failed/web-login': {
    message: 'The provider wants you to sign in on its website first.',
    action: 'Do so with a browser, then try again.',
  },
  'auth-failed/no-apop': {
    message: 'The mail server does not offer APOP.',
    action: 'Choose another way to sign in.',
  },
  'auth-failed/no-password-method': {
    message: 'The mail server offers no way to sign in with a password.',
    action: 'Choose another way to sign in.',
  },
  'invalid/control-character': {
    message: 'User name or password contains a character that cannot be sent.',
    action: 'Type it anew instead of pasting it.',
  },
  'protocol/bad-listing': {
    message: 'The mail server’s list of messages makes no sense.',
    action: 'It is tried again by itself.',
  },
  'protocol/list-too-long': {
    message: 'The mail server’s list of messages is too long.',
    action: 'Remove some of it on the provider’s website.',
  },
  'protocol/endless': {
    message: 'The mail server sends without end.',
    action: 'Only its operator can put this right.',
  },
  'conflict/account-exists': {
    message: '{email} has been added already.',
    action: 'Change that account instead.',
  },
  'invalid/password-needed': { message: 'The password is missing.', action: null },
  'invalid/password-needed-again': {
    message: 'The server or its user name has changed: the password is needed again.',
    action: 'A kept password goes only to the server that it was given for.',
  },
  'invalid/smarthost-needed': {
    message: 'The server to send through is missing.',
    action: 'Enter it, or choose Valija’s relay.',
  },
  'invalid/retention-unconfirmed': {
    message: 'This setting would delete messages on the server. Nothing was changed.',
    action: 'Look at how many they are, and confirm that number.',
  },
  'invalid/retention-expired': {
    message: 'The confirmation to delete messages on the server ({count}) has run out. Nothing was changed.',
    action: 'Look again at how many they are, and confirm that number.',
  },
  'invalid/retention-maildrop': {
    message:
      'The confirmed number of messages is that of another mailbox: server or user name have changed. Nothing was changed.',
    action: 'Save the new server first and let its mail be fetched. Then change what is deleted there.',
  },
  'not-yet/retention-unlisted': {
    message: 'Valija has not looked into this mailbox yet and cannot say how many messages would be deleted.',
    action: 'Let mail be fetched once, then change what is deleted on the server.',
  },
  'forbidden/lease-lost': {
    message: 'The account was changed, or somebody else fetches its mail.',
    action: 'Nothing is lost. It is tried again by itself.',
  },
  'too-large/message-there': {
    message: 'A message there is larger than Valija takes.',
    action: 'It stays at the provider: read it on its website.',
  },
  'needs-sign-in/no-password': {
    message: 'No password is kept for this account.',
    action: 'Enter it in the account’s settings.',
  },
  'route-refused/no-smarthost': {
    message: 'The account has no server of its own to send through.',
    action: 'Add one to the account, or choose Valija’s relay.',
  },
} as const;
