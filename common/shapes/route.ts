import type { TlsMode } from './account.ts';

/** `route explain` of the contract. */
export interface RouteExplanation {
  from: string;
  to: string;
  allowed: boolean;
  reason: string | null;
  route: null | {
    kind: 'mx' | 'smarthost';
    host: string;
    port: number;
    tls: TlsMode | 'opportunistic';
    auth: string | null;
  };
  dkim: null | { domain: string; selector: string };
}

/** One line of `queue list`: one recipient of one queued mail. */
export interface QueueItem {
  id: string;
  from: string;
  recipient: string;
  state: string;
  route: 'relay' | 'smarthost' | null;
  attempts: number;
  queuedAt: string;
  nextTry: string | null;
  size: number;
  error: string | null;
}
