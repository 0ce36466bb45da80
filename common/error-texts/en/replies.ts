/** English sentences for what other mail servers answer to what is sent (common/reply). */
export const enReplies = {
  'recipient-refused/unknown-user': {
    message: 'This address does not exist there.',
    action: 'Check how it is spelt, or ask the recipient for the right one.',
  },
  'recipient-refused/disabled': {
    message: 'The recipient’s mailbox is closed or switched off.',
    action: 'Ask the recipient for another address.',
  },
  'recipient-refused/moved': {
    message: 'The recipient’s mailbox has moved elsewhere.',
    action: 'Ask the recipient for the new address.',
  },
  'recipient-refused/mailbox-full': {
    message: 'The recipient’s mailbox is full.',
    action: 'Tell the recipient another way, and send the mail again later.',
  },
  'recipient-refused/restricted': {
    message: 'This address takes mail from certain senders only.',
    action: 'Ask the recipient to let you write there.',
  },
  'recipient-refused/bad-address': {
    message: 'The recipient’s server says that the address is not written correctly.',
    action: 'Check how it is spelt.',
  },
  'recipient-refused/relay-denied': {
    message: 'The server of this domain does not take mail for this address.',
    action: 'Check the part behind the @. If it is right, only the recipient’s provider can put this right.',
  },
  'recipient-refused/loop': {
    message: 'Mail to this address goes round in a circle.',
    action: 'Only the recipient’s provider can put this right: tell the recipient another way.',
  },
  'recipient-refused/spam': {
    message: 'The recipient’s server takes this mail for spam.',
    action: 'Write it differently, with fewer links, or ask the recipient to allow your address.',
  },
  'recipient-refused/content': {
    message: 'The recipient’s server does not allow what is in this mail.',
    action: 'Leave out attachments and links that may look dangerous, or share the file another way.',
  },
  'recipient-refused/virus': {
    message: 'The recipient’s server has found a virus in this mail.',
    action: 'Check your computer and the attachments before you send again.',
  },
  'recipient-refused/format': {
    message: 'The recipient’s server objects to the form of this mail.',
    action: 'If another program wrote it, send it anew from here.',
  },
  'recipient-refused/mail': {
    message: 'The recipient’s server did not take the mail.',
    action: 'Its own line says why. If it does not help, tell the recipient another way.',
  },
  'server-error/recipient-busy': {
    message: 'This recipient gets more mail than the server takes just now.',
    action: 'It is tried again by itself.',
  },
  'server-error/too-many-recipients': {
    message: 'The server takes fewer recipients at a time.',
    action: 'The others are tried again by themselves.',
  },
  'server-error/greylisted': {
    message: 'The recipient’s server puts off mail from senders that it does not know yet.',
    action: 'It is tried again by itself, mostly with success within the hour.',
  },
  'server-error/busy': { message: 'The recipient’s server is busy.', action: 'It is tried again by itself.' },
  'server-error/lookup': {
    message: 'The recipient’s server could not look something up.',
    action: 'If it goes on like this, tell the recipient another way.',
  },
  'server-error/unreachable': {
    message: 'The next server could not reach the recipient’s one.',
    action: 'If it goes on like this, tell the recipient another way.',
  },
  'server-error/fault': {
    message: 'The recipient’s server has a fault of its own and refused the mail.',
    action: 'Send it again later, or tell the recipient another way.',
  },
  'too-large/for-recipient': {
    message: 'The mail is larger than the recipient’s server takes.',
    action: 'Make attachments smaller, or share them another way.',
  },
  'route-refused/blocked-ip': {
    message: 'The recipient’s server has the address that the mail came from on a block list.',
    action:
      'Send through the account’s own provider, or let the administrator have that address taken off the list.',
  },
  'route-refused/home-network': {
    message: 'The recipient’s server takes no mail from home connections.',
    action: 'Send through the account’s own provider.',
  },
  'route-refused/reputation': {
    message: 'The recipient’s server does not trust the address or domain that the mail came from.',
    action: 'Send through the account’s own provider, or try again in some days.',
  },
  'route-refused/reverse-dns': {
    message: 'The address that the mail came from has no proper name in DNS.',
    action:
      'The administrator has to set its reverse DNS name. Until then send through the account’s own provider.',
  },
  'route-refused/helo': {
    message: 'The recipient’s server does not accept the name that Valija’s relay gives itself.',
    action: 'The administrator has to give the relay its public name: VALIJA_RELAY_URL.',
  },
  'route-refused/dmarc': {
    message: 'The domain of your sender address forbids mail that comes this way (DMARC).',
    action: 'Send through that account’s own provider.',
  },
  'route-refused/unauthenticated': {
    message: 'Nothing proves to the recipient’s server that the mail comes from your domain (SPF, DKIM).',
    action: 'Send through that account’s own provider, or let the administrator set up SPF and DKIM.',
  },
  'route-refused/sender-not-owned': {
    message: 'The account’s server does not let this account send as this address.',
    action: 'Choose the account’s own address, or allow the other one on the provider’s website.',
  },
  'route-refused/sender-unknown': {
    message: 'The recipient’s server does not know the domain or address of the sender.',
    action: 'Check the sender address, or choose another one.',
  },
  'route-refused/sender-blocked': {
    message: 'The recipient does not want mail from your address.',
    action: 'Ask the recipient another way to allow it.',
  },
  'route-refused/account-blocked': {
    message: 'The provider has stopped this account from sending.',
    action: 'Sign in on the provider’s website: it says there what to do. The mail waits.',
  },
  'needs-sign-in/app-password': {
    message: 'The provider wants an app password for sending.',
    action: 'Make one on the provider’s website and enter it in the account. The mail waits.',
  },
  'needs-sign-in/use-oauth': {
    message: 'The provider no longer takes passwords for sending.',
    action: 'Sign in to the account with your browser. The mail waits.',
  },
  'needs-sign-in/smtp-off': {
    message: 'Sending by programs is switched off in this account.',
    action:
      'Switch SMTP on in the settings on the provider’s website, or ask whoever manages it. The mail waits.',
  },
  'needs-sign-in/web-login': {
    message: 'The provider wants you to sign in on its website first.',
    action: 'Do so with a browser. The mail waits.',
  },
  'too-many-tries/sending-limit': {
    message: 'The account has sent as much as its provider allows for now.',
    action: 'The mail goes out by itself later.',
  },
  'too-many-tries/rate-limited': {
    message: 'The recipient’s server takes mail more slowly just now.',
    action: 'It is tried again by itself.',
  },
  'tls/required': {
    message: 'The mail server wants encryption, and none came about.',
    action:
      'Check the kind of encryption in the account. For mail sent directly, the administrator has to look.',
  },
  'protocol/command': {
    message: 'The mail server did not understand a command.',
    action: 'It is tried again by itself.',
  },
} as const;
