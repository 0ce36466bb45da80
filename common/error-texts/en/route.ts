/** English sentences for the ways that mail leaves by, and who may send as whom. */
export const enRoute = {
  'route-refused/user-disabled': {
    message: 'You may not send at the moment.',
    action: 'Ask the administrator.',
  },
  'route-refused/sender-unverified': {
    message: 'It has not been proven yet that {from} is yours.',
    action: 'Have a code sent to this address and enter it.',
  },
  'route-refused/dmarc-would-fail': {
    message: 'Receivers would refuse this mail: {domain} does not allow its addresses to send this way.',
    action: 'Let the account send through its own server.',
  },
  'route-refused/dmarc-own-smarthost': {
    message:
      'Receivers would refuse this mail: {domain} only allows its own servers to send for its addresses.',
    action: 'Let the account of {from} send through the server of its provider instead of Valija’s relay.',
  },
  'route-refused/dmarc-other-account': {
    message: 'Receivers would refuse this mail: {host} may not send for addresses of {domain}.',
    action: 'Add {from} as an account of its own that sends through its provider’s server.',
  },
  'route-refused/dmarc-publish-dkim': {
    message:
      'Receivers would refuse this mail: the DKIM key that Valija signs with is not published for {domain}.',
    action: 'Publish this TXT record in the DNS of the domain: {name} “{value}”',
  },
  'route-refused/dmarc-make-key': {
    message: 'Receivers would refuse this mail: Valija has no DKIM key for {domain}.',
    action:
      'The administrator can make one (valija relay dkim {domain}), or the account sends through its own server.',
  },
  'route-refused/dmarc-unaligned': {
    message:
      'Mail from {domain} does not pass its DMARC check this way; some receivers may take it for junk.',
    action: 'Let the account send through its own server.',
  },
  'route-refused/smarthost-other-domain': {
    message: '{host} may refuse mail from {from}, or put another sender address on it.',
    action: 'Enter {from} as a further address at that provider, or add it as an account of its own.',
  },
  'recipient-refused/suppressed': {
    message: 'Mail to this address has failed for good before; such an address is not tried for a while.',
    action: 'Check the address. If it is right, allow it again.',
  },
  'invalid/sender-code': {
    message: 'The code is not right.',
    action: 'Look at the newest mail with a code. After five wrong tries a new one is needed.',
  },
  'invalid/sender-code-expired': {
    message: 'This code no longer counts.',
    action: 'Have a new one sent.',
  },
  'too-many-tries/sender-codes': {
    message: 'Too many codes were sent to this address or for you today.',
    action: 'Try again tomorrow, or ask the administrator.',
  },
  'too-soon/sender-code': {
    message: 'A code was sent a moment ago.',
    action: 'Look at that mail; it may take a minute to come.',
  },
  'not-found/identity': { message: 'There is no such sender address.', action: null },
  'conflict/dkim-keys': {
    message: '{domain} has as many DKIM keys as it can have ({limit}).',
    action: 'Remove those that do not sign any more: valija relay dkim {domain} --remove SELECTOR',
  },
  'not-found/dkim-key': { message: '{domain} has no DKIM key {selector}.', action: null },
  'not-found/domain': { message: '{domain} is not in the list of own domains.', action: null },
  'not-found/domain-user': { message: 'There is no user {user}.', action: null },
  'invalid/domain': {
    message: '“{domain}” is not a domain that mail can come from.',
    action: 'Write it like example.org.',
  },
  'invalid/domain-public': {
    message: '{domain} belongs to everybody: it cannot be an own domain.',
    action: 'Name a domain of your own.',
  },
} as const;
