import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** `lost_blob`: blobs whose bytes were lost and that mails still refer to: told of once, until somebody brings them back. `store_bond`: which store this is, see keeping/bond. */
export const keepingTables: readonly Migration[] = [
  makeStep(
    '600-lost-blob',
    'CREATE TABLE lost_blob (id VARCHAR(64) NOT NULL PRIMARY KEY, found_at BIGINT NOT NULL)',
  ),
  makeStep(
    '601-store-bond',
    'CREATE TABLE store_bond (store_id VARCHAR(64) NOT NULL PRIMARY KEY, generation BIGINT NOT NULL)',
  ),
];
