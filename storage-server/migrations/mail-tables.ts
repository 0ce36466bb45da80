import type { Knex } from 'knex';
import type { Migration } from '../../server-kit/database/database.ts';

const ID_LENGTH = 64;
/** Blob ids and keys of Message-IDs are base64url. */
const KEY_LENGTH = 43;

/** Ids and keys are ASCII and compare by byte. */
function idColumn(table: Knex.CreateTableBuilder, name: string, length = ID_LENGTH): Knex.ColumnBuilder {
  return table.string(name, length);
}

export const mailTables: readonly Migration[] = [
  {
    name: 'mail-01-counter',
    up: (schema) =>
      schema.createTable('user_counter', (table) => {
        idColumn(table, 'user_id').primary();
        table.bigInteger('last_id').notNullable();
        table.bigInteger('modseq').notNullable();
        // Tombstones up to here are gone: a client that knows less reads afresh.
        table.bigInteger('forgotten').notNullable();
      }),
  },
  {
    name: 'mail-02-mail',
    up: (schema) =>
      schema.createTable('mail', (table) => {
        idColumn(table, 'user_id').notNullable();
        table.bigInteger('id').notNullable();
        table.bigInteger('modseq').notNullable();
        idColumn(table, 'mailbox').notNullable();
        table.bigInteger('thread').notNullable();
        table.bigInteger('date').notNullable();
        table.bigInteger('received').notNullable();
        table.bigInteger('size').notNullable();
        table.integer('flags').notNullable();
        table.integer('attachments').notNullable();
        idColumn(table, 'header', KEY_LENGTH).notNullable();
        idColumn(table, 'body', KEY_LENGTH).notNullable();
        idColumn(table, 'same_key', KEY_LENGTH);
        idColumn(table, 'problem');
        table.string('send_key', 200);
        table.text('accounts', 'longtext').notNullable();
        table.text('subject', 'longtext').notNullable();
        table.text('sender', 'longtext').notNullable();
        table.text('recipients', 'longtext').notNullable();
        table.text('snippet', 'longtext').notNullable();
        table.primary(['user_id', 'id']);
        table.index(['user_id', 'mailbox', 'date', 'id'], 'mail_page');
        table.index(['user_id', 'modseq'], 'mail_modseq');
        table.index(['user_id', 'same_key'], 'mail_same');
      }),
  },
  {
    name: 'mail-03-original',
    up: (schema) =>
      schema.createTable('mail_original', (table) => {
        idColumn(table, 'user_id').notNullable();
        table.bigInteger('mail').notNullable();
        // Empty for what was written here.
        idColumn(table, 'account').notNullable();
        idColumn(table, 'header', KEY_LENGTH).notNullable();
        idColumn(table, 'body', KEY_LENGTH).notNullable();
        table.bigInteger('size').notNullable();
        table.primary(['user_id', 'mail', 'account']);
        table.index(['header'], 'original_header');
        table.index(['body'], 'original_body');
      }),
  },
  {
    name: 'mail-04-thread-key',
    up: (schema) =>
      schema.createTable('thread_key', (table) => {
        idColumn(table, 'user_id').notNullable();
        idColumn(table, 'message_key', KEY_LENGTH).notNullable();
        table.bigInteger('thread').notNullable();
        table.primary(['user_id', 'message_key']);
      }),
  },
  {
    name: 'mail-05-mailbox-counter',
    up: (schema) =>
      schema.createTable('mailbox_counter', (table) => {
        idColumn(table, 'user_id').notNullable();
        idColumn(table, 'mailbox').notNullable();
        table.bigInteger('total').notNullable();
        table.bigInteger('unread').notNullable();
        table.bigInteger('bytes').notNullable();
        table.primary(['user_id', 'mailbox']);
      }),
  },
  {
    name: 'mail-06-tombstone',
    up: (schema) =>
      schema.createTable('mail_tombstone', (table) => {
        idColumn(table, 'user_id').notNullable();
        table.bigInteger('mail').notNullable();
        table.bigInteger('modseq').notNullable();
        table.bigInteger('at').notNullable();
        table.primary(['user_id', 'mail']);
        table.index(['user_id', 'modseq'], 'tombstone_modseq');
        table.index(['at'], 'tombstone_at');
      }),
  },
];
