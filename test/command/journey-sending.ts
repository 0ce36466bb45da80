// Steps of the journey: what goes out, and the end.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runValija } from '../harness/system.ts';
import * as queue from './contract-queue.ts';
import * as contract from './contract.ts';
import { ANA, waitForState, type Place } from './journey-place.ts';

export async function sendAndFollow(place: Place): Promise<void> {
  const { sink, ana } = place;
  const from = ['send', '--from', 'ana@example.test'];
  const sent = await ana(
    contract.status,
    [...from, '--to', 'Bruno <bruno@far.test>, c@far.test', '--bcc', 'hidden@far.test', '--subject', 'Señal'],
    {
      input: 'Hello,\n.\nAna\n',
    },
  );
  assert.equal(sent.recipients.length, 3);
  const done = await waitForState(place, sent.id, 'sent');
  for (const recipient of done.recipients) {
    assert.deepEqual([recipient.state, recipient.route, recipient.code], ['accepted', 'relay', 250]);
  }
  const copy = (await ana(contract.mailList, ['list', '--mailbox', 'sent'])).mails;
  assert.deepEqual(
    copy.map(({ id, subject }) => [id, subject]),
    [[sent.id, 'Señal']],
  );
  assert.equal((await ana(contract.mailView, ['show', sent.id])).status?.state, 'sent');
  const got = sink.mails();
  assert.equal(got.flatMap(({ to }) => to).length, 3);
  for (const { message } of got) assert.doesNotMatch(message, /hidden@far\.test/);
  assert.equal((await ana(queue.queueList, ['queue', 'list'])).items.length, 0);
}

export async function sendVariants(place: Place): Promise<void> {
  const { sink, ana, refused } = place;
  const file = join(place.dir, 'a file.bin');
  writeFileSync(file, Buffer.alloc(200_000, 7));
  const page = join(place.dir, 'page.html');
  writeFileSync(page, '<p>Hello <b>there</b></p>');
  const from = ['send', '--from', 'ana@example.test', '--to', 'd@far.test'];
  const files = await ana(contract.status, [...from, '--subject', 'Files', '--html', page, '--attach', file]);
  const shown = await ana(contract.mailView, ['show', files.id]);
  assert.deepEqual(
    [shown.attachments, shown.parts.find(({ name }) => name === 'a file.bin')?.size],
    [1, 200_000],
  );
  assert.match(shown.text ?? '', /Hello there/);
  const once = [...from, '--subject', 'Once', '--key', 'key-1'];
  const first = await ana(contract.status, once, { input: 'x' });
  assert.equal((await ana(contract.status, once, { input: 'x' })).id, first.id);
  const raw =
    'From: ana@example.test\r\nTo: e@far.test\r\nSubject: Raw\r\nMessage-ID: <raw-1@example.test>\r\n\r\nraw\r\n';
  const sentRaw = await ana(contract.status, ['send', '--raw'], { input: raw });
  assert.equal(sentRaw.messageId.replace(/[<>]/g, ''), 'raw-1@example.test');
  for (const id of [files.id, first.id, sentRaw.id]) await waitForState(place, id, 'sent');
  const subjects = sink
    .mails()
    .flatMap(({ message }) => /^Subject: (Once|Raw|Files)$/m.exec(message)?.[1] ?? []);
  assert.deepEqual(subjects.sort(), ['Files', 'Once', 'Raw']);
  const foreign = ['send', '--from', 'boss@example.test', '--to', 'd@far.test', '--subject', 'x'];
  assert.match((await refused(foreign, { input: 'x' })) ?? '', /^(route-refused|invalid|forbidden)$/);
  assert.equal((await ana(contract.mailList, ['list', '--mailbox', 'drafts'])).total, 0);
}

export async function holdAndAnswer(place: Place): Promise<void> {
  const { ana } = place;
  const from = ['send', '--from', 'ana@example.test', '--to', 'f@far.test'];
  const held = await ana(contract.status, [...from, '--undo', '60'], { input: 'x' });
  assert.equal(held.state, 'held');
  const later = await ana(contract.status, [...from, '--at', '2099-01-01T00:00:00Z'], { input: 'x' });
  assert.deepEqual([later.state, later.at], ['scheduled', '2099-01-01T00:00:00.000Z']);
  const hello = (await ana(contract.mailList, ['list', '--limit', '500'])).mails.find(
    ({ subject }) => subject === 'Hello',
  );
  const answer = await ana(
    contract.status,
    [...from, '--subject', 'Re: Hello', '--in-reply-to', hello?.id ?? ''],
    { input: 'x' },
  );
  const shown = await ana(contract.mailView, ['show', answer.id]);
  assert.equal(shown.threadId, hello?.threadId);
  assert.match(shown.inReplyTo ?? '', /Hello\.1@example\.test/);
}

export async function changeAndRemind(place: Place): Promise<void> {
  const { ana, refused } = place;
  const { sends } = await ana(contract.sendWaiting, ['send', 'waiting']);
  const scheduled = sends.find(({ state }) => state === 'scheduled');
  assert.equal(scheduled?.at, '2099-01-01T00:00:00.000Z');
  const changed = await ana(contract.status, [
    'send',
    'change',
    scheduled.id,
    '--at',
    '2098-01-01T00:00:00Z',
  ]);
  assert.deepEqual([changed.state, changed.at], ['scheduled', '2098-01-01T00:00:00.000Z']);
  const cancelled = await ana(contract.status, ['send', 'cancel', scheduled.id]);
  assert.equal(cancelled.state, 'cancelled');
  assert.equal(await refused(['send', 'change', scheduled.id, '--at', 'now']), 'conflict');
  const set = ['remind', 'set', scheduled.id, '--at', '2098-01-01T00:00:00Z', '--unless-answered'];
  const { reminder } = await ana(contract.remindSet, set);
  assert.deepEqual([reminder.mail.id, reminder.unlessAnswered], [scheduled.id, true]);
  const { reminders } = await ana(contract.remindList, ['remind', 'list']);
  assert.deepEqual([reminders.length, reminders[0]?.state], [1, 'waiting']);
  await ana(contract.removed, ['remind', 'cancel', scheduled.id]);
  assert.equal(await refused(['remind', 'done', scheduled.id]), 'not-found');
  const [mail] = (await ana(contract.mailList, ['list', '--limit', '1'])).mails;
  const until = ['--until', '2098-01-01T00:00:00Z'];
  const { snoozed } = await ana(contract.snooze, ['snooze', mail?.id ?? '', ...until]);
  assert.deepEqual([snoozed[0]?.mail.role, snoozed[0]?.state], ['archive', 'waiting']);
  const waiting = await ana(contract.snooze, ['snooze', 'list']);
  assert.deepEqual(
    waiting.snoozed.map((one) => one.mail.id),
    [mail?.id],
  );
  assert.deepEqual(await ana(contract.snoozeEnd, ['snooze', 'end', mail?.id ?? '']), { ended: 1 });
}

export async function explainRoutes(place: Place): Promise<void> {
  const { sink, ana } = place;
  const own = await ana(queue.routeExplain, [
    'route',
    'explain',
    '--from',
    'ana@example.test',
    '--to',
    'g@far.test',
  ]);
  assert.equal(own.allowed, true);
  assert.equal(own.route?.port, sink.port);
  const spanish = { ...ANA, text: true, env: { VALIJA_LANGUAGE: 'es' } };
  const explain = ['route', 'explain', '--from', 'ana@example.test', '--to', 'g@far.test'];
  assert.match(
    (await runValija(place.system, explain, spanish)).stdout,
    /\(cifrado si el otro lado puede|\(sin cifrar/,
  );
  const foreign = await ana(queue.routeExplain, [
    'route',
    'explain',
    '--from',
    'boss@x.test',
    '--to',
    'g@far.test',
  ]);
  assert.deepEqual([foreign.allowed, foreign.reason], [false, 'not-your-address']);
}

export async function endAll(place: Place): Promise<void> {
  const { system, ana, account } = place;
  assert.deepEqual(await ana(contract.accountRemove, ['account', 'remove', account]), {
    removed: account,
  });
  assert.equal((await ana(contract.accountList, ['account', 'list'])).accounts.length, 1);
  assert.ok((await ana(contract.mailList, ['list'])).total > 0);
  await system.stop();
}
