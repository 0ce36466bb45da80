import { z } from 'zod';
import { language } from './profile.ts';

/**
 * What is watched, with the unit of its threshold: `provider-failing` percent of a provider's accounts, `part-silent`
 * minutes, `queue-old` minutes that the oldest mail waits, `disk-low` percent free, `backup-old` days, `audit-broken` none.
 */
export const ALERT_KINDS = [
  'provider-failing',
  'part-silent',
  'queue-old',
  'disk-low',
  'backup-old',
  'audit-broken',
] as const;
export const alertKind = z.enum(ALERT_KINDS);
export type AlertKind = z.infer<typeof alertKind>;

/** Smallest, largest and usual threshold of each. */
export const ALERT_THRESHOLDS: Record<AlertKind, { min: number; max: number; usual: number }> = {
  'provider-failing': { min: 1, max: 100, usual: 30 },
  'part-silent': { min: 1, max: 1440, usual: 5 },
  'queue-old': { min: 5, max: 10_080, usual: 240 },
  'disk-low': { min: 1, max: 90, usual: 10 },
  'backup-old': { min: 1, max: 365, usual: 2 },
  'audit-broken': { min: 0, max: 0, usual: 0 },
};

export interface AlertRule {
  kind: AlertKind;
  enabled: boolean;
  threshold: number;
}

export const alertRule = z.object({ kind: alertKind, enabled: z.boolean(), threshold: z.number().int() });

/** Values for the sentence about an alert; which ones there are depends on its kind. */
export type AlertDetail = Record<string, string | number | null>;

export interface AlertView {
  id: string;
  kind: AlertKind;
  /** Provider, host or part. */
  subject: string;
  detail: AlertDetail;
  /** ISO 8601; `resolvedAt` null while it lasts. */
  openedAt: string;
  resolvedAt: string | null;
}

export const alertTarget = z.union([
  z.object({
    kind: z.literal('mail'),
    address: z
      .string()
      .trim()
      .max(320)
      .regex(/^[\x21-\x7e]+@[\x21-\x7e]+$/),
    language,
  }),
  z.object({ kind: z.literal('webhook'), address: z.url({ protocol: /^https?$/ }).max(2000) }),
]);
export type NewAlertTarget = z.infer<typeof alertTarget>;

export interface AlertTargetView {
  id: string;
  kind: 'mail' | 'webhook';
  address: string;
  language: string;
  madeAt: string;
  /** How the last message to it went: null before the first, an error's code where it was not taken. */
  last: { at: string; error: string | null } | null;
  /** Messages that are still tried. */
  waiting: number;
}

/** What a webhook gets as JSON. */
export interface AlertMessage {
  event: 'opened' | 'resolved' | 'test';
  /** Address of this Valija. */
  server: string;
  alert: AlertView;
}
