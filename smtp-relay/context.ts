import type { QueueItem } from '../common/shapes/queue.ts';
import type { DomainState, RouteCheck, RouteExplanation } from '../common/shapes/route.ts';
import type { AccountProblem, SmtpSettings } from '../common/shapes/account.ts';
import type { CallContext } from '../server-kit/trpc.ts';
import type { DemandHome } from './demand-home.ts';
import type { QueueControl } from './queue/control/control.ts';
import type { Result } from './result/result.ts';
import type { SendLimits } from './submission/limit/send-limits.ts';
import type { Suppressions } from './suppression/suppressions.ts';

/** What the procedures of this part may ask for; made once in server.ts. */
export interface RelayServices {
  /** Newest first; `user` null lists everybody's. */
  listQueue(options: {
    user: string | null;
    limit: number;
    after: string | null;
  }): Promise<{ items: QueueItem[]; next: string | null }>;
  control: QueueControl;
  /** Before a storage-server acts for a user. */
  demandHome: DemandHome;
  explainRoute(user: string, from: string, to: string): Promise<RouteExplanation>;
  /** What is known to be wrong with a sender and recipients; see RouteCheck. */
  checkRoute(user: string, from: string, to: readonly string[]): Promise<RouteCheck>;
  /** Keys, records and policies of own domains. */
  describeDomains(domains: readonly string[]): Promise<DomainState[]>;
  testRoute(smtp: SmtpSettings, secret: string | null): Promise<RouteTest>;
  suppressions: Suppressions;
  /** What users may submit. */
  limits: Pick<SendLimits, 'list' | 'set'>;
  /** The name under which results are numbered: relays on one database have the same. */
  outbox: string;
  claimResults(options: {
    home: string;
    ack: number;
    wait: boolean;
    signal: AbortSignal | undefined;
  }): Promise<Result[]>;
}

export interface RelayContext extends CallContext {
  relay: RelayServices;
}

/** Outcome of connecting and signing in at a smarthost, without sending. */
export interface RouteTest {
  ok: boolean;
  error: AccountProblem | null;
  tls: string | null;
}
