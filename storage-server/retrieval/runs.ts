import { join } from 'node:path';
import { describeError } from '../../common/error-texts/describe.ts';
import { MailError, toWireError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import { TOGETHER } from '../../server-kit/service-client.ts';
import { HostTurns } from './turns/host-turns.ts';
import { runLease, type Lease, type RunCore, type RunResult } from './run.ts';
import { decidePace } from './turns/places.ts';
import { SharedMoment } from './turns/shared-moment.ts';
import { MemoryShare } from './turns/memory-share.ts';

interface Run {
  lease: Lease;
  result: Promise<RunResult>;
  /** The session has ended, and what it brought is stored. */
  over: Promise<void>;
  /** By performance.now(). */
  begun: number;
  stop: AbortController;
}

/** The polls under way in this process: one for each account, each under a lease that is renewed as long as it lasts. */
export class Runs {
  readonly #core: RunCore;
  readonly #spoolDir: string;
  readonly #runs = new Map<string, Run>();
  /** Told to end, which takes until what they have retrieved is stored. */
  readonly #ending = new Set<Run>();
  readonly #memory = new MemoryShare();
  readonly #turns = new HostTurns();
  readonly #reports = new SharedMoment();
  readonly #waiting: (() => void)[] = [];
  readonly #renewing: NodeJS.Timeout;

  /** `renewEvery` in ms: a third of a lease's length. */
  constructor(core: RunCore, dataDir: string, renewEvery = 30 * SECOND) {
    this.#core = core;
    this.#spoolDir = join(dataDir, 'spool');
    this.#renewing = setInterval(() => {
      // The leases of short polls are never renewed.
      const old = performance.now() - renewEvery / 2;
      void this.renew(({ account }) => (this.#runs.get(account)?.begun ?? old) < old);
    }, renewEvery);
  }

  get count(): number {
    return this.#runs.size;
  }

  /** The run of this account that is under way. */
  find(account: string): Promise<RunResult> | null {
    return this.#runs.get(account)?.result ?? null;
  }

  /** Begins to poll; the result is told to the profile-server too. */
  start(lease: Lease): Promise<RunResult> {
    const stop = new AbortController();
    // One of this account that is under way still has lost its lease, or this one would not have been given.
    this.stop(({ account }) => account === lease.account, makeLeaseLost());
    const over = Promise.withResolvers<void>();
    const result = this.#run(lease, stop.signal, over.resolve).then((outcome) => {
      if (this.#runs.get(lease.account)?.lease === lease) this.#runs.delete(lease.account);
      for (const wake of this.#waiting.splice(0)) wake();
      return outcome;
    });
    this.#runs.set(lease.account, { lease, result, over: over.promise, begun: performance.now(), stop });
    return result;
  }

  /** What is being stored of a maildrop would be retrieved once more: the ledger does not have it yet. Nobody knows here which account has which. */
  async #waitForEnding({ user, host }: Lease): Promise<void> {
    const before = [...this.#ending].filter(({ lease }) => lease.user === user && lease.host === host);
    await Promise.all(before.map(async ({ over }) => await over));
  }

  async #run(lease: Lease, signal: AbortSignal, onOver: () => void): Promise<RunResult> {
    await this.#waitForEnding(lease);
    const leave = await this.#turns.enter(lease.user, lease.host, signal).catch(() => () => undefined);
    const report = async (outcome: RunResult): Promise<void> => {
      leave();
      onOver();
      await this.#report(lease, outcome);
    };
    try {
      return await runLease(this.#core, lease, {
        spoolDir: this.#spoolDir,
        memory: this.#memory,
        signal,
        report,
      });
    } finally {
      leave();
      onOver();
    }
  }

  /** Resolves when a run ends. */
  async whenOneEnds(): Promise<void> {
    if (this.#runs.size === 0) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Ends sessions at once: what is committed stays. */
  stop(which: (lease: Lease) => boolean, error: MailError): void {
    for (const run of this.#runs.values()) {
      if (!which(run.lease)) continue;
      run.stop.abort(error);
      this.#ending.add(run);
      void run.over.then(() => this.#ending.delete(run));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#renewing);
    this.stop(() => true, new MailError('unavailable', 'the server stops', { reason: 'stopping' }));
    await Promise.all([...this.#runs.values()].map(async ({ result }) => await result));
  }

  /** A lease that is lost, or that ran out because nobody could renew it, belongs to somebody else now. */
  async renew(which: (lease: Lease) => boolean): Promise<void> {
    const runs = [...this.#runs.values()].filter(({ lease }) => which(lease));
    if (runs.length === 0) return;
    const lost = new Set<string>();
    const asked = this.#core.clock.now();
    try {
      const answer = await this.#core.profile.schedule.renew.mutate({
        leases: runs.map(({ lease }) => lease.id),
      });
      for (const id of answer.lost) lost.add(id);
      for (const { lease } of runs) lease.expiresAt += Math.max(0, asked + RENEWED_FOR - lease.expiresAt);
    } catch (error) {
      this.#core.log.warn('retrieval.renew-failed', { error });
      for (const { lease } of runs) if (lease.expiresAt <= this.#core.clock.now()) lost.add(lease.id);
    }
    this.stop(({ id }) => lost.has(id), makeLeaseLost());
  }

  /** Of a server that stops, or with a lost lease, only the mails are told: the lease ends by itself and the account is due again. */
  async #report(lease: Lease, outcome: RunResult): Promise<void> {
    const { account, added: mails, bytes, error } = outcome;
    const late =
      error?.code === 'unavailable' && (error.reason === 'stopping' || error.reason === 'lease-lost');
    if (late && mails === 0) return;
    if (!late) await this.#reports.wait(decidePace(this.#runs.size));
    try {
      if (late) {
        await this.#core.profile.schedule.countLate.mutate({ account, mails, bytes });
        return;
      }
      const result = describeResult(outcome);
      await this.#core.profile.schedule.report.mutate({ lease: lease.id, result }, TOGETHER);
    } catch (failure) {
      this.#core.log.warn('retrieval.report-failed', { account: lease.account, error: failure });
    }
  }
}

function makeLeaseLost(): MailError {
  return new MailError('unavailable', 'the lease is lost', { reason: 'lease-lost' });
}

function describeResult(
  outcome: RunResult,
): Parameters<RunCore['profile']['schedule']['report']['mutate']>[0]['result'] {
  const { added, bytes, messages, seconds, more, loginDelay, error } = outcome;
  const counts = { new: added, bytes, messages, seconds, ...(loginDelay === null ? {} : { loginDelay }) };
  if (error === null) return { ok: true, ...counts, more };
  const wire = { ...toWireError(error), message: describeError(error, 'en').message };
  return { ok: false, ...counts, error: wire };
}

/** What a renewal gives at least (profile-server, LEASE_LENGTH). */
const RENEWED_FOR = 90 * SECOND;
