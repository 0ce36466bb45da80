import type { Typed } from '../call.ts';
import { makeUsageError } from '../failure.ts';

export type Target = { all: true } | { destination: string } | { account: string };

/** Exactly one of --all, --destination DOMAIN and --account ADDRESS or ID. */
export function readTarget(typed: Typed): Target {
  const destination = typed.text('destination');
  const account = typed.text('account');
  const targets: Target[] = [
    ...(typed.has('all') ? [{ all: true as const }] : []),
    ...(destination === undefined ? [] : [{ destination }]),
    ...(account === undefined ? [] : [{ account }]),
  ];
  const [target] = targets;
  if (target === undefined || targets.length > 1) throw makeUsageError('relay-target', {});
  return target;
}
