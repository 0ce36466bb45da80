import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import PostalMime from 'postal-mime';
import type { DraftAttachment } from '../../../common/shapes/draft.ts';
import type { SendStatus } from '../../../common/shapes/status.ts';
import { type FakeSmtp, startFakeSmtp } from '../../fakes/smtp-server.ts';
import { missingComponent } from '../../harness/component.ts';
import { type SmtpSink, startSmtpSink } from '../../harness/smtp-sink.ts';
import { makeContent, waitFor } from './post-office.ts';
import { type RealWorld, startRealWorld } from './real-world.ts';

const now = { undo: 0, at: null, key: null };
const to = (address: string) => [{ name: null, address }];

async function untilStatus(real: RealWorld, id: string, state: SendStatus['state']): Promise<SendStatus> {
  let status = await real.alice.sending.status.query({ id });
  await waitFor(async () => {
    status = await real.alice.sending.status.query({ id });
    return status.state === state;
  });
  return status;
}

suite('sending through the real relay', { skip: missingComponent('smtp-sink') }, () => {
  let sink: SmtpSink;
  let real: RealWorld;
  before(async () => {
    sink = await startSmtpSink();
    real = await startRealWorld({ RELAY_SMARTHOST: `smtp://${sink.host}:${sink.port}` });
    await real.world.addAccount('alice@own.test');
  });
  after(async () => {
    await real.stop();
    await sink.stop();
  });
  const begin = async (change: Parameters<typeof makeContent>[0]): Promise<string> =>
    (
      await real.alice.draft.save.mutate({
        id: null,
        base: null,
        draft: makeContent({ identity: null, from: 'alice@own.test', ...change }),
      })
    ).id;
  const attachmentUrl = (draft: string, name: string): URL =>
    new URL(`/draft/${draft}/attachment?name=${name}&type=text/plain`, real.home.url);
  const found = (subject: string) =>
    sink.mails().filter((mail) => mail.message.includes(`Subject: ${subject}\n`));

  test('a draft with a file reaches the next host, and its status comes back', async () => {
    const draft = await begin({ subject: 'first', to: to('bob@y.test'), bcc: to('spy@y.test') });
    const answer = await fetch(attachmentUrl(draft, 'a.txt'), {
      method: 'POST',
      headers: { authorization: real.authorization },
      body: 'attached text',
    });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as DraftAttachment).size, 13);
    await real.alice.sending.send.mutate({ draft, ...now });
    const status = await untilStatus(real, draft, 'sent');
    assert.deepEqual(
      status.recipients.map((one) => [one.address, one.state, one.code, one.route]),
      [
        ['bob@y.test', 'accepted', 250, 'relay'],
        ['spy@y.test', 'accepted', 250, 'relay'],
      ],
    );
    const [mail, ...more] = found('first');
    assert.deepEqual(more, []);
    assert.doesNotMatch(mail!.message, /spy@/);
    const parsed = await PostalMime.parse(mail!.message);
    assert.equal(Buffer.from(parsed.attachments[0]!.content as ArrayBuffer).toString(), 'attached text');
    const view = await real.alice.mail.show.query({ id: draft });
    assert.equal(view.status?.state, 'sent');
  });

  test('a home that died before it wrote down that the relay had it: the relay takes it once', async () => {
    const draft = await begin({ subject: 'once', to: to('bob@y.test') });
    await real.alice.sending.send.mutate({ draft, ...now });
    await untilStatus(real, draft, 'sent');
    await real.home.stop();
    const file = new Sqlite(join(real.dataDir, 'storage.sqlite'));
    const { changes } = file.prepare("UPDATE send SET state = 'trying' WHERE mail = ?").run(draft);
    file.close();
    assert.equal(changes, 1);
    await real.restartHome();
    const settled = new Sqlite(join(real.dataDir, 'storage.sqlite'), { readonly: true });
    await waitFor(
      async () =>
        (settled.prepare('SELECT state FROM send WHERE mail = ?').get(draft) as { state: string }).state ===
        'taken',
    );
    settled.close();
    assert.equal(found('once').length, 1);
    assert.equal((await real.alice.sending.status.query({ id: draft })).state, 'sent');
  });

  test('an upload that breaks in the middle is resumed over HTTP', async () => {
    const draft = await begin({ subject: 'resumed', to: to('bob@y.test') });
    const content = randomBytes(4 << 20);
    const url = attachmentUrl(draft, 'big.bin');
    const headers = {
      authorization: real.authorization,
      'upload-key': 'up-1',
      'upload-length': String(content.length),
    };
    await new Promise<void>((resolve) => {
      const broken = request(url, { method: 'POST', headers: { ...headers, 'upload-offset': '0' } });
      broken.on('error', () => resolve());
      broken.write(content.subarray(0, 1 << 20), () => broken.destroy(new Error('line broke')));
    });
    let offset = 0;
    await waitFor(async () => {
      const head = await fetch(url, { method: 'HEAD', headers });
      offset = Number(head.headers.get('upload-offset'));
      return offset > 0;
    });
    assert.ok(offset <= 1 << 20);
    const wrong = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'upload-offset': String(offset + 5) },
      body: content.subarray(offset + 5),
    });
    assert.equal(wrong.status, 409);
    assert.deepEqual(((await wrong.json()) as { error: { current: unknown } }).error.current, { offset });
    const rest = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'upload-offset': String(offset) },
      body: content.subarray(offset),
    });
    assert.equal(rest.status, 200);
    await real.alice.sending.send.mutate({ draft, ...now });
    await untilStatus(real, draft, 'sent');
    const mail = await PostalMime.parse(found('resumed')[0]!.message);
    const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    assert.equal(hash(new Uint8Array(mail.attachments[0]!.content as ArrayBuffer)), hash(content));
  });

  test('a file that is too large is refused with a reason, not with a broken line', async () => {
    const draft = await begin({ subject: 'large' });
    const answer = await fetch(attachmentUrl(draft, 'huge.bin'), {
      method: 'POST',
      headers: { authorization: real.authorization },
      body: Buffer.alloc(51 << 20),
    });
    assert.equal(answer.status, 413);
    const { error } = (await answer.json()) as { error: { code: string; reason: string } };
    assert.deepEqual([error.code, error.reason], ['too-large', 'attachments']);
  });

  test('a finished message is taken over HTTP, once for its key', async () => {
    const send = async (query: string, body: string, type = 'message/rfc822') =>
      await fetch(new URL(`/send?${query}`, real.home.url), {
        method: 'POST',
        headers: { authorization: real.authorization, 'content-type': type },
        body,
      });
    const message = 'From: alice@own.test\nTo: b@y.test\nSubject: finished\n\nhi\n';
    const first = (await (await send('key=r1', message)).json()) as SendStatus;
    const second = (await (await send('key=r1', message)).json()) as SendStatus;
    assert.equal(second.id, first.id);
    await untilStatus(real, first.id, 'sent');
    assert.equal(found('finished').length, 1);
    const refusals: [Response, number, string][] = [
      [await send('', 'From: boss@own.test\nTo: b@y.test\n\n'), 422, 'route-refused'],
      [await send('undo=61', message), 400, 'invalid'],
      [await send('', message, 'text/plain'), 400, 'invalid'],
    ];
    for (const [answer, , code] of refusals) {
      assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
      assert.equal(((await answer.json()) as { error: { code: string } }).error.code, code);
    }
    const nobody = await fetch(new URL('/send', real.home.url), { method: 'POST', body: message });
    assert.equal(nobody.status, 403);
  });
});

suite('a mail that no host takes', () => {
  let next: FakeSmtp;
  let real: RealWorld;
  before(async () => {
    next = await startFakeSmtp({
      script: (connection, verb, rest) => {
        if (verb !== 'RCPT' || !rest.includes('nobody@')) return false;
        connection.say('550 5.1.1 no such user here');
        return true;
      },
    });
    real = await startRealWorld({ RELAY_SMARTHOST: `smtp://${next.host}:${next.port}` });
    await real.world.addAccount('alice@own.test');
  });
  after(async () => {
    await real.stop();
    await next.close();
  });

  test('is marked in Sent, and the notification comes to the Inbox once, in its thread', async () => {
    const content = makeContent({
      identity: null,
      from: 'alice@own.test',
      to: [...to('nobody@y.test'), ...to('bob@y.test')],
    });
    const { id } = await real.alice.draft.save.mutate({ id: null, base: null, draft: content });
    await real.alice.sending.send.mutate({ draft: id, ...now });
    const status = await untilStatus(real, id, 'partly');
    assert.deepEqual(
      status.recipients.map((one) => [one.address, one.state, one.code, one.enhanced]),
      [
        ['nobody@y.test', 'failed', 550, '5.1.1'],
        ['bob@y.test', 'accepted', 250, '2.0.0'],
      ],
    );
    const inbox = async () => (await real.alice.mail.list.query({ mailbox: 'inbox' })).mails;
    await waitFor(async () => (await inbox()).length > 0);
    await real.restartHome();
    const [dsn, ...more] = await inbox();
    assert.deepEqual(more, []);
    const sent = await real.alice.mail.show.query({ id });
    assert.equal(dsn?.threadId, sent.threadId);
    assert.ok(!sent.flags.includes('seen'), 'what failed counts as unread in Sent');
    assert.ok(!dsn?.flags.includes('seen'));
  });
});
