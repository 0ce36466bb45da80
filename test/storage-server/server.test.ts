import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import type { StoreEvent } from '../../common/shapes/event.ts';
import { refusal } from '../profile-server/start-server.ts';
import { type RunningStorage, type StorageUser, makeMail, startStorage } from './start-storage.ts';

describe('storage-server', () => {
  let running: RunningStorage;
  let ana: StorageUser;
  before(async () => {
    running = await startStorage();
    ana = await running.register('ana');
  });
  after(async () => await running.stop());

  const html = '<p>Hello</p><script>evil()</script>';

  test('health, and mailboxes in the order that people expect', async () => {
    assert.equal((await running.fetch('/health', null)).status, 200);
    const { mailboxes } = await ana.storage.mailbox.list.query();
    const roles = mailboxes.map((mailbox) => mailbox.role);
    assert.deepEqual(roles, ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash']);
    assert.ok(mailboxes.every((mailbox) => mailbox.total === 0));
  });

  test('raw and parts with ETag and Range, as files that no browser runs', async () => {
    const id = await makeMail(ana, 'ranges', { html });
    const whole = await running.fetch(`/mail/${id}/raw`, ana.token);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const { mails } = await ana.storage.mail.list.query({});
    assert.equal(bytes.length, mails[0]?.size);
    assert.equal(whole.headers.get('content-type'), 'message/rfc822');
    assert.equal(
      whole.headers.get('content-disposition'),
      `attachment; filename="${id}.eml"; filename*=UTF-8''${id}.eml`,
    );
    assert.equal(whole.headers.get('content-security-policy'), "sandbox; default-src 'none'");
    assert.equal(whole.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(whole.headers.get('cache-control'), 'no-store');
    assert.equal(whole.headers.get('referrer-policy'), 'no-referrer');
    const etag = whole.headers.get('etag') ?? '';
    assert.match(etag, /^"[\w-]+"$/);

    const part = await running.fetch(`/mail/${id}/raw`, ana.token, { range: 'bytes=10-29' });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes 10-29/${bytes.length}`);
    assert.ok(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 30)));
    const stale = await running.fetch(`/mail/${id}/raw`, ana.token, {
      range: 'bytes=10-29',
      'if-range': '"other"',
    });
    assert.equal(stale.status, 200);
    const beyond = await running.fetch(`/mail/${id}/raw`, ana.token, { range: 'bytes=9999999-' });
    assert.equal(beyond.status, 416);
    assert.equal((await running.fetch(`/mail/${id}/raw`, ana.token, { 'if-none-match': etag })).status, 304);

    const view = await ana.storage.mail.show.query({ id });
    const htmlPart = view.parts.find((one) => one.type === 'text/html');
    const answer = await running.fetch(`/mail/${id}/part/${htmlPart?.id}`, ana.token);
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
    assert.equal(Number(answer.headers.get('content-length')), htmlPart?.size);
    assert.match(await answer.text(), /evil\(\)/);
    assert.equal((await running.fetch(`/mail/${id}/part/9.9`, ana.token)).status, 404);
    assert.equal((await running.fetch(`/mail/${id}/raw?account=acc_x`, ana.token)).status, 404);
  });

  test('a signed URL stands in for the token, for its path only', async () => {
    const id = await makeMail(ana, 'signed');
    const { url } = await ana.storage.mail.signUrl.mutate({ path: `/mail/${id}/raw` });
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
    assert.match(await answer.text(), /Subject: signed/);
    assert.equal((await fetch(url.replace('/raw', '/part/1'))).status, 403);
    assert.equal((await running.fetch(`/mail/${id}/raw`, null)).status, 401);
    await refusal(ana.storage.mail.signUrl.mutate({ path: '/trpc/mail.list' }));
  });

  test('events: the modseq at once, changes as they happen, checked by mail.changes', async () => {
    const bea = await running.register('bea');
    const seen: StoreEvent[] = [];
    let wake = (): void => undefined;
    const until = async (done: () => boolean): Promise<void> => {
      while (!done()) await new Promise<void>((resolve) => (wake = resolve));
    };
    const watching = bea.storage.event.watch.subscribe(undefined, {
      onData: ({ data }) => {
        seen.push(data);
        wake();
      },
    });
    await until(() => seen.length === 1);
    assert.deepEqual(seen[0], { type: 'changed', modseq: 0 });
    const id = await makeMail(bea, 'noticed');
    await until(() => seen.some((event) => event.type === 'changed' && event.modseq >= 2));
    await bea.storage.mail.flag.mutate({ ids: [id], add: ['flagged'], remove: [] });
    await until(() => seen.some((event) => event.type === 'changed' && event.modseq >= 3));
    watching.unsubscribe();
    const changes = await bea.storage.mail.changes.query({ since: 0 });
    assert.deepEqual(
      changes.mails.map((mail) => [mail.id, mail.role, mail.flags.includes('flagged')]),
      [[id, 'inbox', true]],
    );
    assert.equal(changes.complete, true);
  });

  test('a session that ends: calls, events and signed URLs of it are refused', async () => {
    const cleo = await running.register('cleo');
    const id = await makeMail(cleo, 'private');
    const { url } = await cleo.storage.mail.signUrl.mutate({ path: `/mail/${id}/raw` });
    const stream = await running.fetch('/trpc/event.watch', cleo.token, { accept: 'text/event-stream' });
    const reader = stream.body?.getReader();
    await reader?.read();
    await cleo.client.session.signOut.mutate();
    // The stream is cut by the news of the revocation, so what follows it is refused.
    const ended = async (): Promise<void> => {
      for (;;) if ((await reader?.read())?.done !== false) return;
    };
    await ended().catch(() => undefined);
    assert.equal((await refusal(cleo.storage.mail.list.query({}))).code, 'not-signed-in');
    assert.equal((await fetch(url)).status, 401);
    assert.equal((await ana.storage.mail.list.query({})).mails.length > 0, true);
  });

  test('another part’s token and no token are refused', async () => {
    const { profile } = ana.signedIn.tokens;
    for (const token of [profile, null]) {
      const answer = await running.fetch('/trpc/mailbox.list', token);
      assert.equal(answer.status, 401);
    }
  });

  test('stopped and started again on the same data: the same mails, the same ids', async () => {
    const earlier = await ana.storage.mail.list.query({ limit: 500 });
    // A stream that nobody reads does not hold the end back.
    const stream = await running.fetch('/trpc/event.watch', ana.token, { accept: 'text/event-stream' });
    await running.restart();
    await stream.body?.cancel().catch(() => undefined);
    assert.deepEqual(await ana.storage.mail.list.query({ limit: 500 }), earlier);
    const raw = await running.fetch(`/mail/${earlier.mails[0]?.id}/raw`, ana.token);
    assert.equal((await raw.arrayBuffer()).byteLength, earlier.mails[0]?.size);
  });

  test('no start on another database: its sweep would delete all mail', async () => {
    const id = await makeMail(ana, 'bound');
    await running.storage.stop();
    const file = join(running.dataDir, 'storage.sqlite');
    for (const end of ['', '-wal', '-shm'])
      if (existsSync(file + end)) renameSync(file + end, `${file}.old${end}`);
    await assert.rejects(running.restart(), (error: unknown) => {
      assert.deepEqual(describeRefusal(error), ['unavailable', 'store-mismatch']);
      return true;
    });
    rmSync(file);
    for (const end of ['', '-wal', '-shm'])
      if (existsSync(`${file}.old${end}`)) renameSync(`${file}.old${end}`, file + end);
    await running.restart();
    assert.equal((await running.fetch(`/mail/${id}/raw`, ana.token)).status, 200);
  });
});

function describeRefusal(error: unknown): unknown {
  return error instanceof MailError ? [error.code, error.reason] : error;
}
