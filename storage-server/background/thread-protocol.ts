import type { JudgeRequest } from '../origin/judge-mail.ts';
import type { SearchRequest } from '../search/index/thread-protocol.ts';

/** Of the users' indexes, in the data directory. */
export const SEARCH_FOLDER = 'search';

export interface BackgroundSetup {
  dataDir: string;
  /** Of the blobs. */
  key: Uint8Array;
  /** Null: the system's resolver. */
  dns: { host: string; port: number } | null;
  /** Whether it gives way to the threads that people wait for. */
  background: boolean;
}

export type BackgroundRequest = SearchRequest | { kind: 'judge'; mail: JudgeRequest };
