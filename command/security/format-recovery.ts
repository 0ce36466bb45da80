import type { Call } from '../call.ts';

/** Told this once. */
export function formatRecovery(call: Call, codes: readonly string[]): string {
  return [call.words().recoveryOnce, ...codes.map((code) => `  ${code}`)].join('\n');
}
