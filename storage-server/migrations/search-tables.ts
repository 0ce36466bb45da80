import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** Up to where each user's index was when it was last complete: who is behind at a start need not be looked for in every file. */
export const searchTables: readonly Migration[] = [
  makeStep(
    '410-search-cursor',
    'CREATE TABLE search_cursor (user_id VARCHAR(64) NOT NULL PRIMARY KEY, modseq BIGINT NOT NULL)',
  ),
  makeStep('412-search-version', 'ALTER TABLE search_cursor ADD COLUMN version INTEGER NOT NULL DEFAULT 1'),
  // What a user looked for on purpose, lately: suggested to him again.
  makeStep(
    '411-search-recent',
    `CREATE TABLE search_recent (user_id VARCHAR(64) NOT NULL, query VARCHAR(200) NOT NULL, used_at BIGINT NOT NULL,
       PRIMARY KEY (user_id, query))`,
  ),
];
