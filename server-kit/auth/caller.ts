import type { Millis } from '../../common/time.ts';

export const PART_KINDS = ['storage-server', 'smtp-relay'] as const;
export type PartKind = (typeof PART_KINDS)[number];

export interface AnonymousCaller {
  kind: 'anonymous';
  address: string;
}

export interface UserCaller {
  kind: 'user';
  user: string;
  session: string;
  admin: boolean;
  /** On a computer that many people use: nothing of it may stay there. */
  lab: boolean;
  /** What a lab session may have as a file: MIME types and families such as `image/*`. */
  labSaves: readonly string[];
  address: string;
  /** When the access token ends, and with it every stream opened by it. */
  expiresAt: Millis;
}

export interface PartCaller {
  kind: 'part';
  part: string;
  partKind: PartKind;
  address: string;
}

/** Who is calling, as proven by the bearer token; `address` is the peer's IP address. */
export type Caller = AnonymousCaller | UserCaller | PartCaller;
