/** English sentences for looking for mail. */
export const enSearch = {
  'invalid/search-empty': { message: 'There is nothing to look for.', action: 'Type a word.' },
  'invalid/search-value': {
    message: '“{operator}{value}” means nothing.',
    action: 'For example: before:2026-03-31, larger:5M, has:attachment, is:unread.',
  },
  'invalid/search-begin': {
    message: '“{value}” is the beginning of too many words.',
    action: 'Type at least two letters before the asterisk.',
  },
  'invalid/search-too-long': {
    message: 'This search is too long.',
    action: 'Look for fewer words at once.',
  },
  'unavailable/search-index': {
    message: 'The search index was damaged and is being made anew.',
    action: 'No mail is lost. Try again in a minute.',
  },
  'unavailable/search-behind': {
    message: 'Not all mail can be searched yet.',
    action: 'Try again in a minute: nothing was changed.',
  },
  'timeout/thread': {
    message: 'The server needed too long for this.',
    action: 'Look for something narrower, or try again.',
  },
} as const;
