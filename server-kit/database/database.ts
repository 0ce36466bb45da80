import type { Knex } from 'knex';

export type Engine = 'sqlite' | 'mysql';
export type Param = string | number | bigint | null | Uint8Array;

/** A statement with `?` places (both engines), or what the compile-only builder `Database.sql` made. */
export type Query = string | Knex.QueryBuilder | Knex.Raw;

/** What a read may do: it has no way to write. */
export interface Reader {
  readonly engine: Engine;
  all<T>(query: Query, params?: readonly Param[]): Promise<T[]>;
  get<T>(query: Query, params?: readonly Param[]): Promise<T | undefined>;
}

/** Within one transaction; `changes` counts the rows that were written. */
export interface Writer extends Reader {
  run(query: Query, params?: readonly Param[]): Promise<{ changes: number; insertId: number }>;
}

/** One part's own database. Only `*-store.ts` files hold statements. */
export interface Database {
  readonly engine: Engine;
  /** Builds statements and runs none. */
  readonly sql: Knex;
  readonly read: Reader;
  /**
   * One durable transaction: when the promise resolves, it is committed and synced.
   * `work` may run more than once (deadlock, lock time-out) and must not wait for the network.
   */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /** All that `work` reads is of one moment, however long it takes; nobody waits for it. */
  snapshot<T>(work: (read: Reader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type DatabaseSetting = { engine: 'sqlite' } | { engine: 'mysql'; url: string };

/** One DDL step: MySQL commits DDL by itself, so a step that half-happened could not be taken back. */
export interface Migration {
  name: string;
  up(schema: Knex.SchemaBuilder, engine: Engine): Knex.SchemaBuilder;
}
