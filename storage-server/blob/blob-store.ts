/** Bytes of a blob or of a whole message: in memory, or in a file (for more than 1 MiB) that is only read and stays the caller’s to delete. */
export type BlobSource = Uint8Array | { path: string; size: number };

export interface StoredBlob {
  /** HMAC-SHA-256 by the server's own key, base64url: never leaves the server. */
  id: string;
  size: number;
}

/** Which of these blobs something refers to; asked by the sweep. */
export type ReferenceSource = (ids: readonly string[]) => Promise<string[]>;

/** Content by its keyed hash. Exact bytes come back always: every read is verified. */
export interface BlobStore {
  /** Durable when it resolves. Storing what exists takes the same path and answers the same. */
  put(sources: readonly BlobSource[]): Promise<StoredBlob[]>;
  /** All of it; MailError `not-found` reason `blob`, `internal` reason `blob-damaged`. */
  read(id: string): Promise<Buffer>;
  /** Reads each back from the disk: its size where the bytes are those of its id, null where they are not or nothing is there. */
  verify(ids: readonly string[]): Promise<(number | null)[]>;
  /** Bytes from `start` up to and without `end`, in pieces. */
  open(id: string, start: number, end: number): AsyncIterable<Buffer>;
  /**
   * Deletes what nothing has referred to for `age` milliseconds; returns how many. Then packs are written anew of which less than
   * `worth` still counts (default half).
   */
  sweep(sources: readonly ReferenceSource[], age: number, worth?: number): Promise<number>;
  close(): Promise<void>;
}
