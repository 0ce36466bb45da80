// Steps of the journey: what came in.
import assert from 'node:assert/strict';
import { es as CLIENT_SPANISH } from '../../desktop/renderer/text/es/mail.ts';
import { runValija } from '../harness/system.ts';
import * as contract from './contract.ts';
import { ANA, EVA, type Place } from './journey-place.ts';
import { SAMPLE_MAILS } from './sample-mails.ts';

const ROLES = ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive'] as const;

export async function readRaw(place: Place): Promise<void> {
  const { system, ana, account } = place;
  const { mails } = await ana(contract.mailList, ['list', '--account', account, '--limit', '500']);
  const found = await Promise.all(
    mails.map(async ({ id }) => (await runValija(system, ['raw', id], ANA)).bytes),
  );
  for (const sample of SAMPLE_MAILS) {
    assert.ok(
      found.some((bytes) => bytes.equals(sample.bytes)),
      sample.name,
    );
  }
  for (const [index, bytes] of found.entries()) assert.equal(mails[index]?.size, bytes.length);
}

export async function readAndSort(place: Place): Promise<void> {
  const { system, ana, refused } = place;
  const first = await ana(contract.mailList, ['list', '--limit', '4']);
  const second = await ana(contract.mailList, ['list', '--limit', '4', '--after', first.next ?? '']);
  assert.equal(first.mails.length, 4);
  assert.equal(second.next, null);
  assert.equal(new Set([...first.mails, ...second.mails].map(({ id }) => id)).size, SAMPLE_MAILS.length + 1);
  const rows = [...first.mails, ...second.mails];
  const offer = rows.find(({ subject }) => subject === 'Offer');
  const plan = rows.find(({ subject }) => subject === 'Información');
  assert.equal(plan?.attachments, 1);
  const shown = await ana(contract.mailView, ['show', offer?.id ?? '']);
  assert.deepEqual(shown.flags, [], 'showing does not mark as read');
  assert.match(shown.html ?? '', /<script>/, 'the stored part as it came');
  const text = await runValija(system, ['show', offer?.id ?? ''], { ...ANA, text: true });
  assert.match(text.stdout, /Dear Ana,/);
  assert.doesNotMatch(text.stdout, /alert|tracker/);
  const ids = [offer?.id ?? '', plan?.id ?? ''];
  const change = async (...args: string[]): Promise<number> => (await ana(contract.changed, args)).changed;
  assert.equal(await change('flag', ...ids, '--add', 'seen', '--add', 'flagged'), 2);
  assert.deepEqual((await ana(contract.mailView, ['show', ids[0] ?? ''])).flags.toSorted(), [
    'flagged',
    'seen',
  ]);
  assert.equal(await change('flag', ids[0] ?? '', '--remove', 'flagged'), 1);
  assert.equal(await change('move', ...ids, '--to', 'archive'), 2);
  const { mailboxes } = await ana(contract.mailboxList, ['mailbox', 'list']);
  assert.deepEqual(
    new Map(mailboxes.map(({ role, name }): [unknown, unknown] => [role, name])),
    new Map(ROLES.map((role) => [role, CLIENT_SPANISH[`role-${role}`]])),
    'called as the client calls them',
  );
  const archive = mailboxes.find(({ role }) => role === 'archive');
  assert.deepEqual([archive?.total, archive?.unread], [2, 0]);
  assert.equal((await ana(contract.mailList, ['list', '--mailbox', archive?.path ?? ''])).total, 2);
  assert.equal(await refused(['show', 'm_none']), 'not-found');
  assert.equal(await refused(['move', ids[0] ?? '', '--to', 'nowhere']), 'not-found');
}

export async function find(place: Place): Promise<void> {
  const { system, ana, refused } = place;
  const found = await ana(contract.search, ['search', 'informaciones']);
  assert.deepEqual([found.mails.map(({ subject }) => subject), found.total], [['Información'], 1]);
  const { mails } = await ana(contract.mailList, ['list', '--limit', '500']);
  const first = await ana(contract.search, ['search', 'in:inbox', '--limit', '1']);
  const rest = await ana(contract.search, ['search', 'in:inbox', '--after', first.next ?? '']);
  assert.deepEqual(
    [...first.mails, ...rest.mails].map(({ id }) => id),
    mails.map(({ id }) => id),
  );
  const text = await runValija(system, ['search', 'subject:offer', 'OR', 'informaciones'], {
    ...ANA,
    text: true,
  });
  assert.match(text.stdout, /Offer[^]*\n\n2 (?:of 2 found|de 2 encontrados)\n$/);
  const why = await runValija(system, ['search', 'plan'], { ...ANA, text: true });
  assert.match(why.stdout, /\n {4}plan\.pdf\n/, 'why it was found');
  assert.equal(await refused(['search', 'before:soon']), 'invalid');
  assert.deepEqual((await ana(contract.search, ['search', 'informaciones'], EVA)).mails, []);
}

export async function keepApart(place: Place): Promise<void> {
  const { ana, refused, account } = place;
  const { mails } = await ana(contract.mailList, ['list']);
  const id = mails[0]?.id ?? '';
  assert.equal(await refused(['show', id], EVA), 'not-found');
  assert.equal(await refused(['raw', id], EVA), 'not-found');
  assert.equal(await refused(['account', 'show', account], EVA), 'not-found');
  assert.deepEqual((await ana(contract.mailList, ['list'], EVA)).mails, []);
}
