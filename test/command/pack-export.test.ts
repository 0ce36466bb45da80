import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packExport, packFolder } from '../../command/transfer/pack-folder.ts';
import { walkFolder } from '../../command/transfer/walk-folder.ts';
import type { Finding } from '../../storage-server/transfer/found-mail.ts';
import { makeSpoolPlace } from '../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../storage-server/transfer/read-import.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const AT = '2026-01-01T00:00:00.000Z';
const temp = makeTempDir('pack-export');
after(() => temp.remove());

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

test('an unpacked export goes in with drafts whose attachment is empty, and with what was removed for ever', async () => {
  const mail = 'Subject: a\n\nb\n';
  const nobody = { identity: null, from: null, to: [], cc: [], bcc: [] };
  const content = { ...nobody, subject: 'a', text: 'b', html: null, inReplyTo: null, forwardOf: null };
  const attachment = {
    file: 'Drafts/1.2.part',
    sha256: hash(''),
    size: 0,
    name: 'empty',
    type: 'text/plain',
  };
  const thread = { mail: null, inReplyTo: null, references: [] };
  const own = { id: 'm', file: 'Drafts/1.eml', sha256: hash(mail), size: mail.length, thread: 't' };
  const where = { mailbox: 'Drafts', role: 'drafts', flags: ['draft'], labels: [], date: AT, received: AT };
  const draft = { messageId: '<m>', content, thread, savedAt: AT, attachments: [attachment] };
  const line = { ...own, ...where, draft, accounts: [], others: [], sent: null, uidls: [] };
  const uidl = { account: 'acc_a', maildrop: null, uidl: 'U1', size: 9, state: 'kept', firstSeen: AT };
  for (const [name, text] of [
    ['manifest.json', JSON.stringify({ format: 'valija-archive', version: 1, made: AT, by: 'x' })],
    ['profile.json', '{}'],
    ['accounts.json', '[]'],
    ['removed/0001.jsonl', `${JSON.stringify({ ...uidl, listed: true, removedAt: AT })}\n`],
    ['mails.jsonl', `${JSON.stringify(line)}\n`],
    ['Drafts/1.eml', mail],
    ['Drafts/1.2.part', ''],
  ] as const) {
    mkdirSync(join(temp.path, name, '..'), { recursive: true });
    writeFileSync(join(temp.path, name), text);
  }
  const setting = { place: await makeSpoolPlace(temp.path), name: 'export', now: Date.now() };
  const found: Finding[] = [];
  for await (const one of readImport(packExport(temp.path), setting)) found.push(one);
  const seen = found.map((one) => {
    if ('uidls' in one) return one.uidls.map((entry) => entry.uidl);
    if ('source' in one) return [one.name, one.archived?.attachments.length];
    return 'skipped' in one ? one.skipped : 'accounts';
  });
  assert.deepEqual(seen, ['accounts', ['U1'], ['Drafts/1.eml', 1]]);
});

test('a folder goes in with a file whose name is not UTF-8', async () => {
  const folder = join(temp.path, 'folder');
  mkdirSync(join(folder, 'Work'), { recursive: true });
  const box = 'From a@b.c Sat Jan  3 01:05:34 2015\nSubject: a\n\nb\n';
  writeFileSync(
    Buffer.concat([Buffer.from(join(folder, 'Work', 'A')), Buffer.from('ño.mbox', 'latin1')]),
    box,
  );
  writeFileSync(join(folder, 'Año.mbox'), box);
  const setting = { place: await makeSpoolPlace(temp.path), name: 'folder', now: Date.now() };
  const found: (string | null)[] = [];
  for await (const one of readImport(packFolder(folder), setting))
    if ('source' in one) found.push(one.place.mailbox);
  assert.deepEqual(found, ['Año', 'Work/Año']);
});

test('the folders of MH, as Claws Mail has it, become mailboxes', async () => {
  const folder = join(temp.path, 'mh');
  for (const name of ['inbox/1', 'Work/Old/2', 'Work/Old/.mh_sequences', 'Work/notes']) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), /\d$/.test(name) ? 'Subject: a\n\nb\n' : 'no mail at all');
  }
  const mailboxes: (string | null)[] = [];
  for await (const { mailbox } of walkFolder(folder)) mailboxes.push(mailbox);
  assert.deepEqual(mailboxes, ['Work/Old', null, 'inbox']);
});
