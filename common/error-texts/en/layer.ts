/** English sentences for what organisation and groups demand and give. */
export const enLayer = {
  'host-not-allowed/policy-host': {
    message: 'Your organisation does not allow accounts at {host}.',
    action: 'Its administrators decide which mail servers may be used.',
  },
  'route-refused/smarthost-forbidden': {
    message: 'Your organisation no longer allows the server through which this account sends.',
    action: 'Let the account send another way, or ask your administrator.',
  },
  'forbidden/policy-own-accounts': {
    message: 'Your organisation does not allow accounts of your own: only those that it gives.',
    action: 'Ask your administrator.',
  },
  'forbidden/policy-keep': {
    message: 'Your organisation wants mail to stay on the server for at least {days} days.',
    action: 'Choose a longer time.',
  },
  'forbidden/policy-keep-always': {
    message: 'Your organisation wants mail to stay on the server.',
    action: 'Choose to keep all of it.',
  },
  'forbidden/policy-interval': {
    message: 'Your organisation allows one check every {seconds} seconds, no more.',
    action: 'Choose a longer interval.',
  },
  'forbidden/locked': {
    message: 'Your administrator has locked this: “{why}”.',
    action: null,
  },
  'forbidden/layer-gone': {
    message: 'Your organisation gave you this and has taken it away again.',
    action: 'Ask your administrator.',
  },
  'invalid/policy-registration': {
    message: 'Who may register is for the organisation to say, not for a group.',
    action: null,
  },
  'invalid/layer-variable': {
    message: 'There is no variable “{name}”.',
    action: 'These are known: {known}',
  },
  'not-found/layer-item': { message: 'The layer has no item “{id}” (any more).', action: null },
  'needs-sign-in/layer-password': {
    message: 'Your organisation has set up this account for you. It still needs your password.',
    action: 'Enter it once; from then on your mail is collected.',
  },
  'needs-sign-in/layer-moved': {
    message: 'Your organisation has moved this account to another server.',
    action: 'Enter your password again: it is not sent to another server by itself.',
  },
} as const;
