import type { Migration } from '../../server-kit/database/database.ts';

/** Characters of a hash that stand in its index (mail/match-hashes.ts). */
const INDEXED = 8;

/** Puts the first characters of `column` into `index` instead of all 43, behind the columns `before`. */
function shortenIndex(
  name: string,
  { index, table, before = '', column }: { index: string; table: string; before?: string; column: string },
): Migration {
  return {
    name,
    up: (schema, engine) =>
      engine === 'sqlite'
        ? schema
            .raw(`DROP INDEX ${index}`)
            .raw(`CREATE INDEX ${index} ON ${table} (${before}substr(${column}, 1, ${INDEXED}))`)
        : schema.raw(
            `ALTER TABLE ${table} DROP INDEX ${index}, ADD INDEX ${index} (${before}${column}(${INDEXED}))`,
          ),
  };
}

/** Hashes fall anywhere into an index: every batch of mails rewrites most of its pages, so there are to be few of them. */
export const hashIndexes: readonly Migration[] = [
  shortenIndex('900-short-same', {
    index: 'mail_same',
    table: 'mail',
    before: 'user_id, ',
    column: 'same_key',
  }),
  shortenIndex('901-short-header', { index: 'original_header', table: 'mail_original', column: 'header' }),
  shortenIndex('902-short-body', { index: 'original_body', table: 'mail_original', column: 'body' }),
];
