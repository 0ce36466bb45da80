import { createHmac, timingSafeEqual } from 'node:crypto';
import { BETWEEN_CODES } from '../../common/shapes/sender.ts';
import { DAY, type Millis } from '../../common/time.ts';
import type { SentCode } from './code-store.ts';

/** So many codes within 24 hours; an address may be pestered by several users. */
const CODES_A_DAY = { ofUser: 10, toAddress: 5, ofUserToAddress: 3 } as const;
export const CODE_LIVES: Millis = DAY;
/** Wrong ones; then the code is dead. */
export const TRIES_A_CODE = 5;

type CodeAnswer =
  | { send: true }
  | { send: false; reason: 'too-many' }
  /** Seconds until the next one may be sent. */
  | { send: false; reason: 'too-soon'; retryAfter: number };

/** Whether one more code may go to the address; `sent` is what went for the user or to the address within 24 hours. */
export function maySendCode(
  sent: readonly SentCode[],
  { user, address, now }: { user: string; address: string; now: Millis },
): CodeAnswer {
  const recent = sent.filter(({ sent_at }) => sent_at > now - DAY);
  const ofUser = recent.filter((one) => one.user === user);
  const toAddress = recent.filter((one) => one.address === address);
  const both = ofUser.filter((one) => one.address === address);
  const tooMany =
    ofUser.length >= CODES_A_DAY.ofUser ||
    toAddress.length >= CODES_A_DAY.toAddress ||
    both.length >= CODES_A_DAY.ofUserToAddress;
  if (tooMany) return { send: false, reason: 'too-many' };
  const last = Math.max(0, ...both.map(({ sent_at }) => sent_at));
  const left = last + BETWEEN_CODES - now;
  if (left > 0) return { send: false, reason: 'too-soon', retryAfter: Math.ceil(left / 1000) };
  return { send: true };
}

/** Eight digits that only the holder of the key can tell from the id: nothing of the code is stored. */
export function deriveCode(key: Uint8Array, id: string): string {
  const number = createHmac('sha256', key).update(id).digest().readBigUInt64BE();
  return String(number % 100_000_000n).padStart(8, '0');
}

/** As typed by a person: spaces and dashes between the digits are nothing. */
export function isCode(expected: string, typed: string): boolean {
  const digits = typed.replace(/[\s\u00a0-]/g, '');
  return (
    digits.length === expected.length && timingSafeEqual(Buffer.from(expected), Buffer.from(digits.padEnd(8)))
  );
}
