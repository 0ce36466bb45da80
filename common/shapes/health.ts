import { z } from 'zod';
import { ACCOUNT_STATES, host, tlsMode, type Account, type AccountProblem, type TlsMode } from './account.ts';
import { id } from './ids.ts';

export const accountState = z.enum(ACCOUNT_STATES);

/** Which accounts `health.accounts` lists; what is left out does not narrow. */
export const healthFilter = z.object({
  state: accountState.optional(),
  /** Only those that do not get their mail: late, failing or needing a sign-in. */
  troubled: z.boolean().optional(),
  host: host.optional(),
  provider: z.string().max(253).optional(),
  group: id.optional(),
  code: z.string().max(40).optional(),
  /** Part of a user name or of the account's address. */
  query: z.string().trim().max(200).optional(),
});
export type HealthFilter = z.infer<typeof healthFilter>;

/** An account as those see it who look after it: nothing of its mail, no secret. */
export interface HealthRow {
  id: string;
  user: { id: string; name: string };
  group: { id: string; name: string } | null;
  email: string;
  pop3: { host: string; port: number; tls: TlsMode; user: string };
  /** A provider that Valija knows; null for other hosts. */
  provider: string | null;
  oauth: string | null;
  interval: number;
  paused: boolean;
  state: Account['state'];
  lastSuccess: string | null;
  nextTry: string | null;
  failingSince: string | null;
  fails: number;
  error: AccountProblem | null;
}

export interface HealthPage {
  accounts: HealthRow[];
  next: string | null;
  /** By state, of all that the filter without its state means; with the first page only. */
  counts: Record<Account['state'], number> | null;
}

/** Polls within one hour at the hosts of a provider. */
export interface HeatCell {
  polls: number;
  failed: number;
}

export interface HeatRow {
  /** Id of a known provider, or the host itself. */
  provider: string;
  name: string;
  hosts: string[];
  accounts: number;
  /** Of them, now. */
  failing: number;
  late: number;
  needsSignIn: number;
  /** One for each hour of the map; null where nothing was polled. */
  cells: (HeatCell | null)[];
}

export interface HeatMap {
  /** Beginnings of the hours, oldest first, ISO 8601. */
  hours: string[];
  rows: HeatRow[];
  /** How many healthy providers were left out at the end. */
  left: number;
}

/** A new place for all accounts on one host. */
export const mendChange = z.object({
  from: host,
  to: z.object({ host, port: z.number().int().min(1).max(65535), tls: tlsMode }),
  /** True says what would change and changes nothing. */
  dryRun: z.boolean(),
  /** The new host once more, as typed: demanded where passwords go to another host or with less protection. */
  confirm: z.string().max(253).optional(),
});
export type MendChange = z.infer<typeof mendChange>;

export interface MendReport {
  changed: number;
  users: number;
  /** Already as wanted. */
  same: number;
  /** Left as they are; at most 200 are named. */
  problems: { account: string; user: string; email: string; reason: MendProblem }[];
  /** Accounts of layers on that host: what whoever gets one later would have. */
  layers: MendedLayer[];
  /** Whether the new host has to be typed. */
  confirm: boolean;
}

/** An account that a layer gives. */
export interface MendedLayer {
  /** `organisation` or a group's id, and that group's name. */
  of: string;
  name: string | null;
  /** With its variables. */
  email: string;
  /** Why it stays as it is; null: it is changed with the accounts. */
  problem: MendProblem | null;
}
/** Why an account stays as it is; `changed`: its user changed it at that moment. */
export type MendProblem =
  'oauth' | 'locked' | 'account-exists' | 'host-not-allowed' | 'weaker-tls' | 'own-port' | 'changed';

/** What a user keeps at his home: sizes only. */
export interface UseRow {
  id: string;
  name: string;
  group: string | null;
  mails: number;
  bytes: number;
  /** That policy sets; null without one. */
  quota: number | null;
  /** When the home said so. */
  at: string;
}

export interface UsePage {
  users: UseRow[];
  next: { bytes: number; user: string } | null;
}
