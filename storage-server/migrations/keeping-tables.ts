import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** Blobs whose bytes were lost and that mails still refer to: told of once, until somebody brings them back. */
export const keepingTables: readonly Migration[] = [
  makeStep(
    '600-lost-blob',
    'CREATE TABLE lost_blob (id VARCHAR(64) NOT NULL PRIMARY KEY, found_at BIGINT NOT NULL)',
  ),
];
