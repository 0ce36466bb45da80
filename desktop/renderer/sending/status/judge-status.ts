import type { RecipientStatus, SendStatus } from '../../../../common/shapes/status.ts';

/** How a delivery looks to its sender: `waiting` is late but goes on by itself. */
export type Tone = 'good' | 'calm' | 'waiting' | 'bad';

export interface Judgement {
  tone: Tone;
  /** The key of the sentence: `state-` and this. */
  says: SendStatus['state'] | 'waiting';
  /** Recipients that did not get it, and all. */
  failed: number;
  all: number;
}

/**
 * What to say of a sent mail first. A recipient that failed counts more than one that waits; who was taken out of the
 * queue did not get it either, but that alone was wanted.
 */
export function judgeStatus({ state, recipients }: Pick<SendStatus, 'state' | 'recipients'>): Judgement {
  const all = recipients.length;
  const failed = recipients.filter((one) => one.state === 'failed' || one.state === 'cancelled').length;
  const unwanted = recipients.some((one) => one.state === 'failed');
  const waits = recipients.some((one) => one.state === 'deferred');
  if (unwanted) return { tone: 'bad', says: failed < all ? 'partly' : 'failed', failed, all };
  if (waits) return { tone: 'waiting', says: 'waiting', failed, all };
  return { tone: state === 'sent' ? 'good' : 'calm', says: state, failed, all };
}

/** It has not left the store yet, so that it can be taken back; what the relay holds has the same states. */
export function waitsInStore({ state, at }: Pick<SendStatus, 'state' | 'at'>, now: number): boolean {
  return (state === 'held' || state === 'scheduled') && at !== null && Date.parse(at) > now;
}

/** A host took it, and a notice that it could not be delivered came back later. */
export function cameBack({ state, report }: Pick<RecipientStatus, 'state' | 'report'>): boolean {
  return state === 'failed' && typeof report === 'string';
}

/** An administrator holds it or took it out of the queue; what the sender did himself has no such reason. */
export function stoppedByOthers({ state, reason }: Pick<RecipientStatus, 'state' | 'reason'>): boolean {
  return reason === `forbidden/${state}-by-admin`;
}

/** As people write it: `TLSv1.3` is TLS 1.3. */
export function nameTls(tls: string): string {
  return tls.replace(/^TLSv/, 'TLS ');
}
