import type { AccountProblem } from '../../common/shapes/account.ts';
import type { Millis } from '../../common/time.ts';
import type { PollRecord } from './poll-store.ts';
import type { PollResult } from './poll-result.ts';

/** Polls of one account that went alike, one after the other. */
export interface PollRun {
  seq: number;
  from_at: Millis;
  to_at: Millis;
  polls: number;
  mails: number;
  bytes: number;
  /** JSON of an AccountProblem, null for polls that went well. */
  error: string | null;
}

export type GrowingRun = Pick<
  PollRecord,
  'run_seq' | 'run_from' | 'run_to' | 'run_polls' | 'run_mails' | 'run_bytes' | 'run_error'
>;

/** The problem that an account carries, and its timeline. */
export function describeFailure(result: Extract<PollResult, { ok: false }>): string {
  const { code, message, serverLine, reason, params } = result.error;
  return JSON.stringify({ code, message, serverLine, reason, params } satisfies AccountProblem);
}

/** The result joins the run under way if it is like it; if not, that run is finished and another begins. */
export function growRun(
  before: GrowingRun,
  result: PollResult,
  now: Millis,
): { run: GrowingRun; finished: PollRun | null } {
  const mails = result.new ?? 0;
  const bytes = result.bytes ?? 0;
  const error = result.ok ? null : describeFailure(result);
  const current = readRun(before);
  if (current !== null && kindOf(current.error, current.mails) === kindOf(error, mails)) {
    const run = {
      run_seq: current.seq,
      run_from: current.from_at,
      run_to: now,
      run_polls: current.polls + 1,
      run_mails: current.mails + mails,
      run_bytes: current.bytes + bytes,
      run_error: error,
    };
    return { run, finished: null };
  }
  const run = {
    run_seq: before.run_seq + 1,
    run_from: now,
    run_to: now,
    run_polls: 1,
    run_mails: mails,
    run_bytes: bytes,
    run_error: error,
  };
  return { run, finished: current };
}

/** The run under way, null before the first poll. */
export function readRun(poll: GrowingRun): PollRun | null {
  if (poll.run_from === null || poll.run_to === null) return null;
  return {
    seq: poll.run_seq,
    from_at: poll.run_from,
    to_at: poll.run_to,
    polls: poll.run_polls,
    mails: poll.run_mails,
    bytes: poll.run_bytes,
    error: poll.run_error,
  };
}

function kindOf(error: string | null, mails: number): string {
  if (error === null) return mails > 0 ? 'mail' : 'none';
  const { code, reason, serverLine } = JSON.parse(error) as AccountProblem;
  return JSON.stringify([code, reason ?? null, serverLine]);
}
