/** English words for addresses that mail is not sent to any more. */
export const enSuppression = {
  suppressedUntil: 'until {when}',
  noSuppressions: 'No address is held back.',
  suppressionsRemoved: 'Addresses that are tried again: {n}',
} as const;
