/** Seconds as people say them: "5 min", "2 h". */
export function describeInterval(seconds: number, language: string): string {
  const hours = seconds >= 3600;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: hours ? 'hour' : 'minute',
    maximumFractionDigits: 1,
  }).format(hours ? seconds / 3600 : seconds / 60);
}
