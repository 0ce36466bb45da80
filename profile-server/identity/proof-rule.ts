import type { ChosenSender } from './choose-sender.ts';

/** VALIJA_SENDERS: whether who says that an address is his has to show it before the relay sends as it. */
export type SenderPolicy = 'claimed' | 'verified';

export interface KnownProof {
  ownDomain: boolean;
  /** How it was proven by a code; null: not yet. */
  proof: 'code' | 'mail' | null;
}

export interface ProofState {
  state: 'not-needed' | 'needed' | 'proven';
  how: 'code' | 'mail' | 'domain' | null;
}

/** Through its account's own server that server answers for the address; only our own way needs a proof. */
export function judgeProof(
  policy: SenderPolicy,
  { send }: Pick<ChosenSender, 'send'>,
  { ownDomain, proof }: KnownProof,
): ProofState {
  if (send.way !== 'relay') return { state: 'not-needed', how: null };
  if (ownDomain) return { state: 'proven', how: 'domain' };
  if (proof !== null) return { state: 'proven', how: proof };
  return { state: policy === 'verified' ? 'needed' : 'not-needed', how: null };
}
