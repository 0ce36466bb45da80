import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import sharp from 'sharp';
import { fromWireError } from '../../../common/errors.ts';
import type { StorageRouter } from '../../../storage-server/router.ts';
import { PASSWORD, registerUser } from '../../profile-server/sample.ts';
import { refusal } from '../../profile-server/start-server.ts';
import { makeContent } from '../sending/post-office.ts';
import { startStorage, type RunningStorage } from '../start-storage.ts';
import { lockPdf, makePdf } from './sample-files.ts';

describe('what a lab session gets of a mail', () => {
  let running: RunningStorage;
  let mail: string;
  before(async () => {
    running = await startStorage();
    const ana = await running.register('ana');
    const headers = { authorization: `Bearer ${ana.token}`, origin: running.profile.url };
    const request = { method: 'POST', headers, body: await makeMail() };
    const imported = await fetch(new URL('/import?name=one.eml', running.url), request as never);
    assert.equal(imported.status, 200, await imported.text());
    mail = (await ana.storage.mail.list.query({})).mails[0]!.id;
  });
  after(async () => await running?.stop());

  const signIn = async (lab: boolean) => {
    const answer = await running.profile
      .client()
      .session.signIn.mutate({ name: 'ana', password: PASSWORD, lab });
    if ('step' in answer) throw new Error(answer.step);
    const token = answer.tokens.storage ?? '';
    const headers = { authorization: `Bearer ${token}` };
    const storage = createTRPCClient<StorageRouter>({
      links: [httpLink({ url: `${running.url}/trpc`, headers })],
    });
    return { token, storage };
  };
  const paths = (): string[] => [
    `/mail/${mail}/raw`,
    ...[1, 2, 3, 4, 5].map((part) => `/mail/${mail}/part/${part}`),
    '/export?format=mbox',
    '/export?format=archive',
  ];

  test('views of its files, and none of the files', async () => {
    const { token, storage } = await signIn(true);
    for (const path of paths()) {
      const answer = await running.fetch(path, token);
      assert.equal(answer.status, 403, path);
      const { error } = (await answer.json()) as { error: unknown };
      assert.equal(fromWireError(error)?.reason, 'lab-saves', path);
      if (!path.startsWith('/mail')) continue;
      assert.equal((await refusal(storage.mail.signUrl.mutate({ path }))).reason, 'lab-saves', path);
    }
    const view = async (part: number) => await storage.view.open.query({ mail, part: String(part) });
    const shown = [await view(1), await view(2), await view(3), await view(4)];
    assert.deepEqual(
      shown.map(({ kind, pages, text, maySave }) => [kind, pages, text, maySave]),
      [
        ['text', 0, 'The text.', false],
        ['pages', 2, null, false],
        ['image', 1, null, false],
        ['text', 0, 'Año', false],
      ],
    );
    const page = await storage.view.page.query({ mail, part: '2', page: 2 });
    assert.deepEqual([page.text, page.width], ['second', 1200]);
    assert.equal((await refusal(view(5))).reason, 'view-locked');
    assert.equal((await refusal(storage.view.page.query({ mail, part: '1', page: 1 }))).reason, 'view-type');
  });

  test('of a draft its pictures as the server draws them, for whoever writes it to see', async () => {
    const { token, storage } = await signIn(true);
    const draft = await storage.draft.save.mutate({ id: null, base: null, draft: makeContent() });
    const add = async (name: string, type: string, bytes: Buffer): Promise<string> => {
      const path = `/draft/${draft.id}/attachment?${new URLSearchParams({ name, type }).toString()}`;
      const headers = { authorization: `Bearer ${token}` };
      const body = new Uint8Array(bytes);
      const answer = await fetch(new URL(path, running.url), { method: 'POST', headers, body });
      assert.equal(answer.status, 200);
      return `/draft/${draft.id}/attachment/${((await answer.json()) as { id: string }).id}`;
    };
    const camera = { IFD0: { Copyright: 'name of whoever took it' } };
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } });
    const taken = await picture.withExif(camera).jpeg().toBuffer();
    assert.ok(taken.includes(camera.IFD0.Copyright));
    const shown = await running.fetch(await add('a.jpg', 'image/jpeg', taken), token);
    assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/webp']);
    const bytes = Buffer.from(await shown.arrayBuffer());
    assert.ok(!bytes.includes(camera.IFD0.Copyright));
    assert.equal((await sharp(bytes).metadata()).width, 40);
    const other = await running.fetch(await add('a.pdf', 'application/pdf', makePdf(['one'])), token);
    assert.equal(other.status, 403);
    const feigned = await running.fetch(await add('b.png', 'image/png', makePdf(['one'])), token);
    assert.equal(feigned.status >= 400, true, 'no picture, whatever it is called');
  });

  test('no answer may be written to a disk', async () => {
    const { token } = await signIn(true);
    const input = encodeURIComponent(JSON.stringify({ mail, part: '3', page: 1 }));
    for (const path of [
      `/trpc/view.page?input=${input}`,
      '/trpc/mail.list?input=%7B%7D',
      `/mail/${mail}/raw`,
    ]) {
      const { headers } = await running.fetch(path, token);
      assert.equal(headers.get('cache-control'), 'no-store', path);
    }
    const stop = new AbortController();
    const watch = new URL('/trpc/event.watch?input=%7B%7D', running.url);
    const authorization = `Bearer ${token}`;
    const stream = await fetch(watch, { headers: { authorization }, signal: stop.signal });
    assert.match(stream.headers.get('cache-control') ?? '', /no-store/);
    stop.abort();
  });

  test('other sessions get the files, and lab sessions those that their policy lets be saved', async () => {
    const usual = await signIn(false);
    for (const path of paths()) assert.equal((await running.fetch(path, usual.token)).status, 200, path);
    const setupCode = running.profile.server.setupCode() ?? '';
    const admin = await registerUser(running.profile, 'admin', { setupCode });
    const settings = { labSaves: ['image/*', 'text/plain'] };
    await admin.client.policy.set.mutate({ of: 'organisation', base: 0, settings });
    const { token, storage } = await signIn(true);
    const answers = await Promise.all(paths().map(async (path) => (await running.fetch(path, token)).status));
    assert.deepEqual(answers, [403, 200, 403, 200, 200, 403, 403, 403]);
    assert.equal((await storage.view.open.query({ mail, part: '3' })).maySave, true);
    const { url } = await storage.mail.signUrl.mutate({ path: `/mail/${mail}/part/3` });
    assert.equal((await fetch(url)).status, 200);
  });
});

async function makeMail(): Promise<Buffer> {
  const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } });
  const parts: [string, Buffer][] = [
    ['text/plain', Buffer.from('The text.')],
    ['application/pdf', makePdf(['first', 'second'])],
    ['image/png', await picture.png().toBuffer()],
    ['text/plain; charset=iso-8859-1', Buffer.from('Año', 'latin1')],
    ['application/pdf', lockPdf()],
  ];
  const bodies = parts.map(
    ([type, bytes]) =>
      `--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n`,
  );
  const head = [
    'From: a@b.test',
    'Subject: files',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${bodies.join('')}--b--\r\n`);
}
