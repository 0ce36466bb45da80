import { z } from 'zod';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { id } from './ids.ts';

/** Upper ends, in bytes, of the size classes of mails; one more class has no end. */
export const USE_SIZES = [10_000, 50_000, 200_000, 1_000_000, 5_000_000, 20_000_000] as const;

/** Upper ends, in ms, of the classes of waiting: until a mail was read, until it was answered. */
export const USE_WAITS = [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY] as const;

/** Upper ends of the classes of users by how many accounts they have; one more class has no end. */
export const USE_ACCOUNTS = [0, 1, 2, 3, 5, 10] as const;

/** How mail leaves: by the own relay, by the account's smarthost, handed in by another program of the user. */
export const USE_WAYS = ['relay', 'smarthost', 'program'] as const;
export type UseWay = (typeof USE_WAYS)[number];

/** Stands for providers that are not told one by one. */
export const OTHER_PROVIDER = 'other';

/**
 * What is counted of a user's mail, each in classes. Read: one class for each wait, then "later or never", then "by a
 * rule". Answered: one for each wait, then "later or never".
 */
export const USE_CLASSES = {
  inHour: 24,
  inSize: USE_SIZES.length + 1,
  read: USE_WAITS.length + 2,
  answered: USE_WAITS.length + 1,
  outHour: 24,
  outSize: USE_SIZES.length + 1,
  outWay: USE_WAYS.length,
} as const;
export type CountedUse = keyof typeof USE_CLASSES;
export const COUNTED_USES = Object.keys(USE_CLASSES) as CountedUse[];

/** Class of a mail that was not read or answered within the longest wait. */
export const NEVER = USE_WAITS.length;
/** Class of a mail that a rule marked as read. */
export const READ_BY_RULE = USE_WAITS.length + 1;

const count = z.number().int().min(0).max(100_000_000);
/** Mails in each class; what is not there has none. */
export const useCounts = z.object(
  Object.fromEntries(
    COUNTED_USES.map((use) => [use, z.array(count).length(USE_CLASSES[use]).optional()]),
  ) as {
    [Use in CountedUse]: z.ZodOptional<z.ZodArray<typeof count>>;
  },
);
export type UseCounts = z.infer<typeof useCounts>;

export const useMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Counts of one user in one month of his own time zone, by provider: an id of our table or the domain of a host. Never an address, never a content. */
export const userMonth = z.object({
  user: id,
  month: useMonth,
  providers: z
    .record(z.string().min(1).max(253), useCounts)
    .refine((providers) => Object.keys(providers).length <= 200, 'too many providers'),
});
export type UserMonth = z.infer<typeof userMonth>;

/** What stands in a report: the counted uses, and users by how many accounts they have. */
export const USE_MEASURES = [...COUNTED_USES, 'accounts'] as const;
export type UseMeasure = (typeof USE_MEASURES)[number];

/** By what users are told apart. */
export const USE_KINDS = ['group', 'provider'] as const;
export type UseKind = (typeof USE_KINDS)[number];

/** A row of a table; `segment` null is everybody. A value is null where fewer than 10 users stand behind it, or where one could compute such a value from it. */
export interface UseRow {
  segment: string | null;
  /** Null for everybody, for users in no group, for what is gone, and for providers that are not in our table: those are domains. */
  name: string | null;
  classes: (number | null)[];
  total: number | null;
}
export interface UseTable {
  kind: UseKind;
  measure: UseMeasure;
  rows: UseRow[];
}
/** `period` is a month or a whole year. */
export interface UseReport {
  period: string;
  tables: UseTable[];
}
/** Months that are reported, the newest first, and years of which each month is; `next` is when the next month appears, ISO 8601. */
export interface UsePeriods {
  periods: string[];
  next: string;
}
