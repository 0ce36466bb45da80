import type { Millis } from '../../common/time.ts';
import type { ThreadFailure } from '../thread/thread-failure.ts';
import type { StoredBlob } from './blob-store.ts';
import type { RawPlace } from './compress-pack.ts';
import type { StoredMessage } from './take-in.ts';

/** Where one source lies: in one of the request's pieces of memory, or in a file. */
export type PackedSource = { memory: number; offset: number; size: number } | { path: string; size: number };

/** Nothing of `memory` is copied between the threads: it is shared, or transferred. */
export interface PackedSources {
  memory: ArrayBufferLike[];
  sources: PackedSource[];
}

/** What the server's thread asks of the worker. */
export type WorkerRequest =
  | ({ kind: 'messages'; received: Millis[] } & PackedSources)
  | ({ kind: 'blobs' } & PackedSources)
  | { kind: 'verify'; ids: string[] }
  | { kind: 'list-old'; before: Millis; after: number; limit: number }
  | { kind: 'delete-old'; ids: string[]; before: Millis }
  | { kind: 'rewrite-pack'; after: number }
  | { kind: 'leave-pack' }
  | { kind: 'compress'; from: RawPlace };

export interface WorkerAnswers {
  messages: StoredMessage[];
  blobs: StoredBlob[];
  verify: (number | null)[];
  'list-old': { row: number; id: string }[];
  'delete-old': number;
  'rewrite-pack': number | null;
  'leave-pack': null;
  compress: RawPlace | null;
}

export type WorkerReply =
  | { call: number; ok: true; value: WorkerAnswers[keyof WorkerAnswers] }
  | ({ call: number; ok: false } & ThreadFailure);

export interface WorkerSetup {
  dataDir: string;
  key: Uint8Array;
}
