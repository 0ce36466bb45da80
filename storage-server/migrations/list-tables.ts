import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** A table that is only ever read by its primary key or an index: without row numbers SQLite keeps it once, not twice. */
function makeTable(name: string, statement: string): Migration {
  return {
    name,
    up: (schema, engine) => schema.raw(engine === 'sqlite' ? `${statement} WITHOUT ROWID` : statement),
  };
}

/** An index of the rows of which `where` is true; MariaDB knows no such index and keeps `columns` of all rows. */
function makePartialIndex(name: string, index: { sqlite: string; where: string; mysql: string }): Migration {
  return {
    name,
    up: (schema, engine) =>
      schema.raw(engine === 'sqlite' ? `${index.sqlite} WHERE ${index.where}` : index.mysql),
  };
}

/** What lists of mails are paged by: labels, accounts, unread ones, conversations; and what undo knows. */
export const listTables: readonly Migration[] = [
  // JSON array of names; null: none.
  makeStep('500-mail-labels', 'ALTER TABLE mail ADD COLUMN labels LONGTEXT'),
  // 1 as long as `flags` has no \Seen: both engines can index it.
  makeStep('501-mail-unread', 'ALTER TABLE mail ADD COLUMN unread INTEGER NOT NULL DEFAULT 0'),
  makeStep('502-mail-unread-fill', 'UPDATE mail SET unread = 1 WHERE flags & 1 = 0'),
  // The modseq with which it came into the store.
  makeStep('503-mail-added', 'ALTER TABLE mail ADD COLUMN added BIGINT NOT NULL DEFAULT 0'),
  // Since when it lies in its mailbox; what was there before this column lies there since now: retention begins today.
  {
    name: '504-mail-moved-at',
    up: (schema) =>
      schema.raw(`ALTER TABLE mail ADD COLUMN moved_at BIGINT NOT NULL DEFAULT ${String(Date.now())}`),
  },
  // Hash of the base subject, 48 bits, negative for an answer whose original is not here; null: says too little to find a conversation by.
  makeStep('505-mail-subject-key', 'ALTER TABLE mail ADD COLUMN subject_key BIGINT'),
  makePartialIndex('506-mail-of-unread', {
    sqlite: 'CREATE INDEX mail_unread ON mail (user_id, mailbox, date, id)',
    where: 'unread = 1',
    mysql: 'CREATE INDEX mail_unread ON mail (user_id, mailbox, unread, date, id)',
  }),
  makePartialIndex('507-mail-of-subject', {
    sqlite: 'CREATE INDEX mail_subject ON mail (user_id, subject_key, date)',
    where: 'subject_key IS NOT NULL',
    mysql: 'CREATE INDEX mail_subject ON mail (user_id, subject_key, date)',
  }),
  makeStep('508-mail-of-thread', 'CREATE INDEX mail_thread ON mail (user_id, thread)'),
  // Where the mail lies, so that the mails of one account are paged by an index.
  makeStep(
    '509-original-mailbox',
    "ALTER TABLE mail_original ADD COLUMN mailbox VARCHAR(64) NOT NULL DEFAULT ''",
  ),
  makeStep('510-original-date', 'ALTER TABLE mail_original ADD COLUMN date BIGINT NOT NULL DEFAULT 0'),
  makeStep(
    '511-original-fill',
    `UPDATE mail_original SET
      mailbox = (SELECT m.mailbox FROM mail m WHERE m.user_id = mail_original.user_id AND m.id = mail_original.mail),
      date = (SELECT m.date FROM mail m WHERE m.user_id = mail_original.user_id AND m.id = mail_original.mail)
      WHERE EXISTS (SELECT 1 FROM mail m WHERE m.user_id = mail_original.user_id AND m.id = mail_original.mail)`,
  ),
  makeStep(
    '512-original-of-account',
    'CREATE INDEX original_account ON mail_original (user_id, account, mailbox, date, mail)',
  ),
  makeTable(
    '513-mail-label',
    `CREATE TABLE mail_label (
      user_id VARCHAR(64) NOT NULL,
      mail BIGINT NOT NULL,
      label VARCHAR(400) NOT NULL,
      mailbox VARCHAR(64) NOT NULL,
      date BIGINT NOT NULL,
      PRIMARY KEY (user_id, mail, label)
    )`,
  ),
  makeStep(
    '514-mail-label-page',
    'CREATE INDEX label_page ON mail_label (user_id, label, date, mail, mailbox)',
  ),
  makeStep(
    '515-mail-label-mailbox',
    'CREATE INDEX label_mailbox_page ON mail_label (user_id, label, mailbox, date, mail)',
  ),
  // `kind` is account or label; `shown` a label as it was first written.
  makeTable(
    '516-list-counter',
    `CREATE TABLE list_counter (
      user_id VARCHAR(64) NOT NULL,
      kind VARCHAR(8) NOT NULL,
      name VARCHAR(400) NOT NULL,
      mailbox VARCHAR(64) NOT NULL,
      shown VARCHAR(400) NOT NULL,
      total BIGINT NOT NULL,
      unread BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      PRIMARY KEY (user_id, kind, name, mailbox)
    )`,
  ),
  makeStep(
    '517-list-counter-fill',
    `INSERT INTO list_counter (user_id, kind, name, mailbox, shown, total, unread, bytes)
      SELECT m.user_id, 'account', o.account, m.mailbox, o.account, COUNT(*), SUM(m.unread), SUM(m.size)
      FROM mail m JOIN mail_original o ON o.user_id = m.user_id AND o.mail = m.id
      WHERE o.account <> '' GROUP BY m.user_id, o.account, m.mailbox`,
  ),
  // One conversation within one mailbox: its newest mail, how many mails it has there and how many of them are unread.
  makeTable(
    '518-thread-row',
    `CREATE TABLE thread_row (
      user_id VARCHAR(64) NOT NULL,
      thread BIGINT NOT NULL,
      mailbox VARCHAR(64) NOT NULL,
      date BIGINT NOT NULL,
      mail BIGINT NOT NULL,
      total BIGINT NOT NULL,
      unread BIGINT NOT NULL,
      PRIMARY KEY (user_id, thread, mailbox)
    )`,
  ),
  makeStep(
    '519-thread-row-fill',
    `INSERT INTO thread_row (user_id, thread, mailbox, date, mail, total, unread)
      SELECT g.user_id, g.thread, g.mailbox, g.newest,
        (SELECT MAX(m.id) FROM mail m WHERE m.user_id = g.user_id AND m.thread = g.thread
          AND m.mailbox = g.mailbox AND m.date = g.newest), g.total, g.unread
      FROM (SELECT user_id, thread, mailbox, MAX(date) AS newest, COUNT(*) AS total, SUM(unread) AS unread
        FROM mail GROUP BY user_id, thread, mailbox) g`,
  ),
  makeStep('520-thread-row-page', 'CREATE INDEX thread_page ON thread_row (user_id, mailbox, date, mail)'),
  // A thread that was merged into another: keys and clients may still name it.
  makeTable(
    '521-thread-alias',
    `CREATE TABLE thread_alias (
      user_id VARCHAR(64) NOT NULL,
      thread BIGINT NOT NULL,
      target BIGINT NOT NULL,
      PRIMARY KEY (user_id, thread)
    )`,
  ),
  makeStep('522-thread-alias-target', 'CREATE INDEX thread_alias_target ON thread_alias (user_id, target)'),
  makeStep(
    '524-operation',
    `CREATE TABLE operation (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user_id VARCHAR(64) NOT NULL,
      at BIGINT NOT NULL
    )`,
  ),
  makeStep('525-operation-at', 'CREATE INDEX operation_at ON operation (at)'),
  // What one step of it changed, see mail/selection/operation-part.ts.
  makeStep(
    '526-operation-part',
    `CREATE TABLE operation_part (
      operation VARCHAR(64) NOT NULL,
      part BIGINT NOT NULL,
      changes LONGTEXT NOT NULL,
      PRIMARY KEY (operation, part)
    )`,
  ),
];
