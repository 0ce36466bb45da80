import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What a person wrote, beside the mail's row in Drafts; `sent` keeps it for taking the mail back. */
export const draftTables: readonly Migration[] = [
  makeStep(
    '200-draft',
    `CREATE TABLE draft (
      user VARCHAR(64) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      version BIGINT NOT NULL,
      sent INTEGER NOT NULL,
      message_id VARCHAR(400) NOT NULL,
      content LONGTEXT NOT NULL,
      thread LONGTEXT NOT NULL,
      saved_at BIGINT NOT NULL,
      PRIMARY KEY (user, mail)
    )`,
  ),
  makeStep(
    '201-draft-attachment',
    `CREATE TABLE draft_attachment (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      position BIGINT NOT NULL,
      name VARCHAR(255) NOT NULL,
      type VARCHAR(255) NOT NULL,
      size BIGINT NOT NULL,
      blob_id VARCHAR(64) NOT NULL,
      upload_key VARCHAR(200)
    )`,
  ),
  makeStep(
    '202-draft-attachment-draft',
    'CREATE INDEX draft_attachment_draft ON draft_attachment (user, mail)',
  ),
  makeStep('203-draft-attachment-blob', 'CREATE INDEX draft_attachment_blob ON draft_attachment (blob_id)'),
  // What the client calls its new mail, so that a first save that comes again finds it.
  makeStep('204-draft-begin-key', 'ALTER TABLE draft ADD COLUMN begin_key VARCHAR(64)'),
  makeStep('205-draft-begin', 'CREATE UNIQUE INDEX draft_begin ON draft (user, begin_key)'),
];
