import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeUrlSigner } from '../../../storage-server/mail/signed-url.ts';
import { makeMail, startStorage, type RunningStorage, type StorageUser } from '../start-storage.ts';
import { startPictureSite, type PictureSite } from './picture-site.ts';

describe('addresses of pictures', () => {
  let running: RunningStorage;
  let site: PictureSite;
  let user: StorageUser;
  let signed: { source: string; url: string }[];
  before(async () => {
    site = await startPictureSite();
    running = await startStorage(['127.0.0.0/8']);
    user = await running.register('ana');
    const html = `<p>x</p><img src="${site.url}/a.png?x=1&amp;y=2"><img src="${site.url}/counter.png" width="1" height="1">`;
    const mail = await makeMail(user, 'Pictures', { html });
    const { remote } = await user.storage.mail.show.query({ id: mail });
    assert.deepEqual(remote, { images: 2, trackers: [{ host: '127.0.0.1', name: null }] });
    signed = (await user.storage.picture.sign.mutate({ mail })).pictures;
  });
  after(async () => {
    await running?.stop();
    await site?.stop();
  });

  it('are signed for what stands in the mail, but for what only counts', () => {
    assert.deepEqual(
      signed.map(({ source }) => source),
      [`${site.url}/a.png?x=1&y=2`],
    );
  });

  it('show the picture without a token, and nothing but that picture', async () => {
    const { url } = signed[0]!;
    const answer = await fetch(url);
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.equal(answer.headers.get('content-type'), 'image/webp');
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    for (const [from, to] of [
      ['a.png', 'b.png'],
      [/&user=[^&]*/, '&user=other'],
      [/&expires=\d/, '&expires=9'],
      [/\/picture\/\w/, '/picture/x'],
    ] as const) {
      const forged = url.replace(from, to);
      assert.notEqual(forged, url);
      assert.equal((await fetch(forged)).status, 403);
    }
    assert.equal((await fetch(url.replace(/&signature=.*$/, ''))).status, 401);
    assert.equal((await running.fetch('/picture/x?address=http://127.0.0.1/', user.token)).status, 401);
  });

  it('end with the session', async () => {
    const { url } = signed[0]!;
    await user.client.session.signOut.mutate();
    let { status } = await fetch(url);
    // The home hears of it by a waiting call.
    while (status === 200) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ({ status } = await fetch(url));
    }
    assert.equal(status, 401);
  });
});

describe('the signature of a picture', () => {
  it('is of its address, and ends when it says', () => {
    const clock = { at: 1e12, now: () => clock.at };
    const signer = makeUrlSigner(Buffer.alloc(32, 1), clock);
    const target = new URL('http://localhost/picture/m1?address=http%3A%2F%2Fa.example%2F1.png');
    const signed = signer.sign(target, { user: 'ana', session: 's' }, 600_000);
    clock.at += 599_000;
    assert.deepEqual(signer.check(signed, false), { user: 'ana', session: 's' });
    const other = new URL(signed);
    other.searchParams.set('address', 'http://a.example/2.png');
    assert.throws(() => signer.check(other, false), { reason: 'link-forged' });
    clock.at += 2000;
    assert.throws(() => signer.check(signed, false), { reason: 'link-expired' });
  });
});
