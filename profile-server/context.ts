import type { Clock } from '../common/time.ts';
import type { VerifiedTokens } from '../server-kit/auth/verified-tokens.ts';
import type { Database } from '../server-kit/database/database.ts';
import type { GroupWrites } from '../server-kit/database/group-writes.ts';
import type { EgressGuard } from '../server-kit/egress/guard.ts';
import type { Network } from '../server-kit/egress/networks.ts';
import type { KeyedLock } from '../server-kit/keyed-lock.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import type { PollHours } from './health/heat-map/poll-hours.ts';
import type { Discovery } from './directory/oidc/discovery.ts';
import type { Hints } from './hints.ts';
import type { Metrics } from './metrics.ts';
import type { Presence } from './part/presence.ts';
import type { DueHosts } from './schedule/due-hosts.ts';
import type { PasswordHasher } from './password/password.ts';
import type { SetupCode } from './registration/setup-code.ts';
import type { SigningKeys } from './session/signing/signing-keys.ts';
import type { MasterKey } from './vault/master-key.ts';
import type { Vault } from './vault/vault.ts';

/** Everything long-lived of this part, made once in server.ts. */
export interface ProfileContext {
  db: Database;
  clock: Clock;
  random: (size: number) => Uint8Array;
  log: Logger;
  settings: Pick<Settings, 'publicUrl' | 'registration' | 'senders' | 'noticeFrom' | 'passwordLeast'>;
  /** Parsed VALIJA_ALLOW_NETWORKS. */
  allowNetworks: readonly Network[];
  /** Before every request of ours to the outside. */
  egress: EgressGuard;
  /** What providers of single sign-on publish of themselves. */
  discovery: Discovery;
  /** Token refreshes under way: stopping waits for them, or a rotated token would be lost. */
  openRefreshes: Set<Promise<unknown>>;
  hints: Hints;
  /** Which POP3 hosts have something due. */
  dueHosts: DueHosts;
  /** What polls write, many in one transaction. */
  pollWrites: GroupWrites;
  /** What polls were made, for the heat map. */
  pollHours: PollHours;
  /** Sign-ins of one name and address, and those that one user begins at providers, one after the other. */
  signInLock: KeyedLock;
  metrics: Metrics;
  masterKey: MasterKey;
  /** The keys of this process: those of rotations, and those that its users have opened. */
  vault: Vault;
  /** Of parts, from some seconds before. */
  verifiedTokens: VerifiedTokens<true>;
  presence: Presence;
  signingKeys: SigningKeys;
  passwords: PasswordHasher;
  setupCode: SetupCode;
  /** Aborts when the server stops: waiting calls end. */
  stopping: AbortSignal;
}
