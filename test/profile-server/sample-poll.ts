import type { PollRecord } from '../../profile-server/schedule/poll-store.ts';
import type { PollResult } from '../../profile-server/schedule/poll-result.ts';

export const NOW = 1_800_000_000_000;

/** A poll record of an account that is polled every five minutes and went well five minutes ago. */
export const POLL: PollRecord = {
  account: 'acc_1',
  user: 'user_1',
  home: 'storage_1',
  maildrop: 'm',
  host: 'pop.example.org',
  wait_seconds: 300,
  least_seconds: 300,
  adaptive: 0,
  paused: 0,
  login_gap: 0,
  allowed_at: null,
  next_at: NOW,
  last_poll: NOW - 300_000,
  last_success: NOW - 300_000,
  last_mail: NOW - 300_000,
  failing_since: null,
  fails: 0,
  needs_sign_in: 0,
  error: null,
  run_seq: 0,
  run_from: null,
  run_to: null,
  run_polls: 0,
  run_mails: 0,
  run_bytes: 0,
  run_error: null,
};

export const GOOD: Extract<PollResult, { ok: true }> = { ok: true, new: 0, bytes: 0, messages: 3 };

export function failure(
  code: string,
  change: { retryAfter?: number | null; serverLine?: string } = {},
): Extract<PollResult, { ok: false }> {
  const { retryAfter = null, serverLine = null } = change;
  const error = { message: code, reason: null, params: {}, field: null, serverLine, retryAfter };
  return { ok: false, error: { code: code as 'timeout', ...error } };
}
