import type { Millis } from '../../common/time.ts';
import type { ThreadFailure } from '../thread/thread-failure.ts';
import type { StoredBlob } from './blob-store.ts';
import type { RawPlace } from './compress-pack.ts';

/**
 * Nothing of `memory` is copied between the threads: it is shared, or transferred. Flat, because objects cost a copy each, property by property:
 * for each source which piece of memory, where in it, and its size; a piece of -1 means the next of `files`.
 */
export interface PackedSources {
  memory: ArrayBufferLike[];
  places: Float64Array;
  files: { path: string; size: number }[];
}

/** What the server's thread asks of the worker. */
export type WorkerRequest =
  | ({ kind: 'messages'; received: Float64Array } & PackedSources)
  | ({ kind: 'blobs' } & PackedSources)
  | { kind: 'verify'; ids: string[] }
  | { kind: 'list-old'; before: Millis; after: number; limit: number }
  | { kind: 'delete-old'; ids: string[]; before: Millis }
  | { kind: 'rewrite-pack'; after: number; worth: number }
  | { kind: 'leave-pack' }
  | { kind: 'compress'; from: RawPlace };

export interface WorkerAnswers {
  /** See packMessages. */
  messages: ArrayBuffer;
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

/** Of a request that stores; 0 of any other. */
export function countSources(request: WorkerRequest): number {
  return 'places' in request ? request.places.length / 3 : 0;
}
