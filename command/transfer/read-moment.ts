import { makeUsageError } from '../failure.ts';

/** ISO 8601, with a zone or in the zone of this machine, as ms; null when it was not given. */
export function readMoment(option: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const shaped = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value);
  const time = shaped ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time))
    throw makeUsageError('bad-time', { option, value, example: '2030-01-31T08:00:00Z' });
  return time;
}
