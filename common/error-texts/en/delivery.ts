/** English sentences for pictures from elsewhere, mailing lists and cards. */
export const enDelivery = {
  'not-found/unsubscribe': { message: 'This mail does not say how to unsubscribe.', action: null },
  'protocol/unsubscribe': {
    message: '{host} did not take the request to unsubscribe.',
    action: 'Try again later, or use the link in the mail.',
  },
  'protocol/redirects': { message: 'The picture’s server sends on without end.', action: null },
  'invalid/picture': { message: 'This is not a picture that can be shown safely.', action: null },
  'invalid/picture-counter': {
    message: 'This picture shows nothing: it only counts who opens it.',
    action: null,
  },
  'timeout/picture': { message: 'The picture could not be drawn in time.', action: null },
  'unavailable/picture': { message: 'The picture could not be drawn.', action: 'Try again.' },
  'too-soon/pictures': {
    message: 'Too many pictures are asked for at once.',
    action: 'Try again in a moment.',
  },
  'invalid/contact-address': {
    message: '{address} is not a mail address.',
    action: 'Check how it is spelt.',
  },
  'too-large/contact-card': {
    message: 'The contact card is too long to be kept.',
    action: 'Leave out what nobody needs of it.',
  },
  'not-found/contact': {
    message: 'There is no contact “{contact}”, or there are several.',
    action: 'Name its ID: valija contact list',
  },
} as const;
