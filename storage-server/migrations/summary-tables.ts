import { SIZE_ENDS } from '../../common/shapes/summary.ts';
import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

const CLASS = `CASE ${SIZE_ENDS.map((end, at) => `WHEN m.size <= ${end} THEN '${at}'`).join(' ')} ELSE '${SIZE_ENDS.length}' END`;

/** Counters of size classes for mails from before there were such; and from which lists a user got himself off. */
export const summaryTables: readonly Migration[] = [
  makeStep(
    '700-size-counter-fill',
    `INSERT INTO list_counter (user_id, kind, name, mailbox, shown, total, unread, bytes)
      SELECT m.user_id, 'size', ${CLASS}, m.mailbox, '', COUNT(*), SUM(m.unread), SUM(m.size)
      FROM mail m GROUP BY m.user_id, ${CLASS}, m.mailbox`,
  ),
  {
    name: '701-sizes-counter-fill',
    up: (schema, engine) => {
      const name = engine === 'sqlite' ? `o.account || '/' || ${CLASS}` : `CONCAT(o.account, '/', ${CLASS})`;
      return schema.raw(`INSERT INTO list_counter (user_id, kind, name, mailbox, shown, total, unread, bytes)
        SELECT m.user_id, 'sizes', ${name}, m.mailbox, '', COUNT(*), SUM(m.unread), SUM(m.size)
        FROM mail m JOIN mail_original o ON o.user_id = m.user_id AND o.mail = m.id
        WHERE o.account <> '' OR m.accounts = '' GROUP BY m.user_id, ${name}, m.mailbox`);
    },
  },
  makeStep(
    '702-mail-unsubscribe',
    `CREATE TABLE mail_unsubscribe (
      user_id VARCHAR(64) NOT NULL,
      mail BIGINT NOT NULL,
      at BIGINT NOT NULL,
      PRIMARY KEY (user_id, mail)
    )`,
  ),
];
