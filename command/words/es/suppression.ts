/** Spanish words for addresses that mail is not sent to any more. */
export const esSuppression = {
  suppressedUntil: 'hasta {when}',
  noSuppressions: 'No se retiene ninguna dirección.',
  suppressionsRemoved: 'Direcciones a las que se vuelve a intentar: {n}',
} as const;
