import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { MailError } from '../../../common/errors.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { ProfileClient } from '../../../storage-server/home/profile-client.ts';
import type { Lease, RunCore } from '../../../storage-server/retrieval/run.ts';
import { USER, type TestStore } from './store.ts';

export interface FakeAccount {
  settings: AccountSettings;
  secret: string;
}

/** The part of a profile-server that retrieval calls, in memory: leases that tests can lose, results that they can read. */
export interface FakeProfile {
  client: ProfileClient;
  accounts: Map<string, FakeAccount>;
  /** What `schedule.claim` gives next. */
  due: string[];
  late: { account: string; mails: number }[];
  reports: { lease: string; result: { ok: boolean; [field: string]: unknown } }[];
  held: Map<string, string>;
  /** Leases that the next renewal tells as lost. */
  lost: Set<string>;
  renewals: number;
}

export function makeFakeProfile(): FakeProfile {
  let count = 0;
  const fake: Omit<FakeProfile, 'client'> = {
    accounts: new Map(),
    due: [],
    late: [],
    reports: [],
    held: new Map(),
    lost: new Set(),
    renewals: 0,
  };
  const lend = (account: string): Lease | null => {
    if ([...fake.held.values()].includes(account)) return null;
    const id = `lease_${++count}`;
    fake.held.set(id, account);
    return { id, account, user: USER, host: '127.0.0.1', expiresAt: Date.now() + 90_000 };
  };
  const calls = {
    schedule: {
      take: {
        mutate: async ({ accounts }: { accounts: string[] | null }) => {
          const wanted = accounts ?? [...fake.accounts.keys()];
          const leases: Lease[] = [];
          const refused: { account: string; code: string; retryAfter: number }[] = [];
          for (const account of wanted) {
            if (!fake.accounts.has(account)) throw new MailError('not-found', 'no such account');
            const lease = lend(account);
            if (lease === null) refused.push({ account, code: 'in-use', retryAfter: 90 });
            else leases.push(lease);
          }
          return { leases, refused };
        },
      },
      claim: {
        mutate: async (_input: unknown, { signal }: { signal: AbortSignal }) => {
          const leases = fake.due
            .splice(0)
            .map(lend)
            .filter((lease) => lease !== null);
          if (leases.length > 0) return { leases };
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, 20);
            signal.addEventListener('abort', () => (clearTimeout(timer), resolve()));
          });
          return { leases: [] };
        },
      },
      renew: {
        mutate: async ({ leases }: { leases: string[] }) => {
          fake.renewals++;
          return { lost: leases.filter((lease) => fake.lost.has(lease)) };
        },
      },
      report: {
        mutate: async (report: FakeProfile['reports'][number]) => {
          fake.reports.push(report);
          fake.held.delete(report.lease);
          return { lost: false };
        },
      },
      countLate: {
        mutate: async ({ account, mails }: FakeProfile['late'][number]) => {
          fake.late.push({ account, mails });
          return { counted: true };
        },
      },
    },
    credential: {
      use: {
        mutate: async ({ account, lease }: { account: string; lease: string }) => {
          if (fake.held.get(lease) !== account)
            throw new MailError('forbidden', 'no lease', { reason: 'lease-lost' });
          const { settings, secret } = fake.accounts.get(account)!;
          return { settings, secret };
        },
      },
    },
  };
  return Object.assign(fake, { client: calls as unknown as ProfileClient });
}

export function makeAccount(
  port: number,
  changes: Partial<AccountSettings> = {},
  user = 'alice',
): FakeAccount {
  return {
    secret: 'secret',
    settings: {
      email: `${user}@example.org`,
      name: null,
      pop3: { host: '127.0.0.1', port, tls: 'none', user, auth: 'auto' },
      send: { way: 'relay', smtp: null },
      keep: 'always',
      interval: 300,
      adaptive: false,
      paused: false,
      signedInOnly: false,
      ...changes,
    },
  };
}

/** What runs work with: the real store and guard, and the profile above. */
export function makeRunCore(store: TestStore, profile: FakeProfile): RunCore {
  return {
    ...store,
    log: silentLogger,
    profile: profile.client,
    egress: makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns: null }),
  };
}
