import { describeError } from '../../common/error-texts/describe.ts';
import type { Call } from '../call.ts';

/** What a server did not take, and why. */
export interface Skipped {
  source: string;
  code: string;
  reason: string | null;
}

/** As the contract's JSON has it. */
export function nameSkipped(
  call: Call,
  skipped: readonly Skipped[],
): { source: string; code: string; message: string }[] {
  return skipped.map(({ source, code, reason }) => {
    const { message } = describeError({ code, reason, params: { limit: '256 MiB' } }, call.language());
    return { source, code, message };
  });
}

/** A few lines for people. */
export function listSkipped(call: Call, skipped: readonly Skipped[]): string[] {
  return nameSkipped(call, skipped.slice(0, 20)).map(({ source, message }) => `${source}: ${message}`);
}
