/** English sentences for the relay’s queue, what people do to it, and the parts. */
export const enQueue = {
  'not-found/queued-mail': {
    message: 'There is no mail {id} in the relay’s queue.',
    action: 'See what waits there: valija queue list',
  },
  'not-found/storage-server': {
    message: 'There is no storage-server {id}.',
    action: 'See which there are: valija part list',
  },
  'not-signed-in/part': {
    message: 'This server is not known to the other one, or was shut out.',
    action: 'See valija part list. A code from valija part add lets it in: start it with --enrol CODE.',
  },
  'not-signed-in/clocks': {
    message: 'The clocks of this server and of the other are about {n} s apart.',
    action: 'Let both be set by NTP (timedatectl says whether they are).',
  },
  'not-found/pause': {
    message: 'That is not paused.',
    action: 'See what is: valija relay status',
  },
  'conflict/several-accounts': {
    message: 'Several users have an account {account}.',
    action: 'Name one of them by its ID: {ids}.',
  },
  'invalid/pause-target': {
    message: 'One of these is needed: all, a destination’s domain, or an account’s ID.',
    action: null,
  },
  'invalid/pause-one-way': {
    message: 'All mail leaves by one smarthost here: one domain of it cannot be paused.',
    action: 'Pause the destination “relay”, or hold the mails themselves.',
  },
  'forbidden/held-by-admin': {
    message: 'An administrator holds this mail.',
    action: 'Ask your administrator.',
  },
  'forbidden/cancelled-by-admin': {
    message: 'An administrator cancelled this mail.',
    action: 'Ask your administrator.',
  },
} as const;
