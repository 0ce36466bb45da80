import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page, Response } from 'playwright-core';
import sharp from 'sharp';
import type { SignIn } from '../../common/shapes/session.ts';
import { missingComponent } from '../harness/component.ts';
import { findStrings, type Finding } from '../harness/find-strings.ts';
import { startRealProfile, type RealProfile } from '../harness/real-profile.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makePdf } from '../storage-server/view/sample-files.ts';

/** Words that stand nowhere else in the world; only letters, so that nothing encodes them. */
const plant = (name: string): string => `${name}${randomBytes(12).toString('hex').replace(/\d/g, 'q')}`;

const PLANTED = {
  user: plant('visitor'),
  password: plant('password'),
  subject: plant('subject'),
  body: plant('body'),
  textFile: plant('textfile'),
  page: plant('pdfpage'),
  fileName: plant('filename'),
  exif: plant('exif'),
  query: plant('query'),
  draftSubject: plant('draftsubject'),
  draftBody: plant('draftbody'),
  recipient: plant('recipient'),
};
const MISSING = missingComponent('chromium');

describe('a lab session leaves nothing on the computer', { skip: MISSING }, () => {
  let system: System;
  const visitor = { user: PLANTED.user, password: PLANTED.password };

  before(async () => {
    system = await startSystem({ mode: 'start' });
    const run = async (args: string[], input = ''): Promise<void> => {
      const { code, stderr } = await runValija(system, args, { ...visitor, input });
      assert.equal(code, 0, stderr);
    };
    await run(['register']);
    // Nobody listens there: the account is for writing only.
    const pop3 = ['--pop3-host', '127.0.0.1', '--pop3-port', '2', '--pop3-tls', 'none', '--pop3-user', 'u'];
    const account = [
      'account',
      'add',
      '--email',
      'visitor@uni.test',
      ...pop3,
      '--send',
      'relay',
      '--no-test',
    ];
    await run([...account, '--pop3-password-file', '-'], 'p');
    const temp = makeTempDir('lab-mail');
    const file = join(temp.path, 'one.eml');
    writeFileSync(file, await makeMail());
    await run(['import', file]);
    temp.remove();
  });
  after(async () => await system?.stop());

  test('after signing out, and after a rest with a draft that is saved first', async () => {
    const pc = await startRealProfile({ managed: true });
    try {
      const secrets = { ...PLANTED };
      const page = await sitDown(pc, secrets, '/?lab&room=B2&pc=07');
      await read(page);
      await write(page);
      await page.getByTestId('sign-out').click();
      await page.getByText('Valija kept nothing on this computer').waitFor();
      assert.deepEqual(await listKept(page), []);
      await page.goBack().catch(() => null);
      assert.equal(await showsAny(page), false, 'the way back');
      await page.close();

      const again = await sitDown(pc, secrets, '/?lab&room=B2&pc=07');
      await write(again);
      await rest(again);
      await again.getByText('your draft is safe').waitFor();
      assert.equal(await showsAny(again), false, 'the emptied screen');
      const reopened = await pc.open(`${system.ready.web}/?lab`);
      await reopened.getByTestId('login-user').waitFor();
      assert.deepEqual(findStrings(pc.folder, secrets), [], 'while the browser runs');
      await pc.close();
      assert.deepEqual(findStrings(pc.folder, secrets), [], 'after it was closed');
    } finally {
      pc.remove();
    }
    const { json } = await runValija(system, ['list', '--mailbox', 'drafts'], visitor);
    const drafts = (json as { mails: { subject: string }[] }).mails;
    assert.equal(drafts.filter(({ subject }) => subject === PLANTED.draftSubject).length, 2);
  });

  test('after SIGKILL in the middle of it', async () => {
    const pc = await startRealProfile({ managed: true });
    try {
      const secrets = { ...PLANTED };
      const page = await sitDown(pc, secrets, '/?lab');
      await read(page);
      await write(page);
      await pc.kill();
      assert.deepEqual(findStrings(pc.folder, secrets), []);
    } finally {
      pc.remove();
    }
  });

  test('and the search would find them: an ordinary session leaves some', async () => {
    const pc = await startRealProfile({ managed: false });
    let found: Finding[];
    try {
      await search(await sitDown(pc, { ...PLANTED }, ''));
      await pc.close();
      found = findStrings(pc.folder, PLANTED);
    } finally {
      pc.remove();
    }
    const names = new Set(found.map(({ name, file }) => `${name} in ${basename(file)}`));
    for (const one of ['query in History', 'user in Web Data', 'user in Login Data']) {
      assert.ok(names.has(one), `${one}: ${[...names].join(', ')}`);
    }
  });

  test('the admin sees who was where, and how it ended', async () => {
    const admin = await system.makeAdmin();
    const setRoom = async (...options: string[]): Promise<unknown> =>
      (await runValija(system, ['lab', 'room', 'set', 'C9', ...options], admin)).json;
    const networks = ['10.99.0.0/16'];
    await setRoom('--network', '10.99.0.0/16', '--forced');
    assert.deepEqual(await setRoom(), { name: 'C9', networks, forced: true });
    assert.deepEqual(await setRoom('--not-forced'), { name: 'C9', networks, forced: false });
    const { json } = await runValija(system, ['lab', 'log'], admin);
    const rows = (json as { logIns: { room: string; pc: string; user: { name: string }; end: string }[] })
      .logIns;
    const told = rows.map(({ room, pc, user, end }) => [room, pc, user.name, end]);
    assert.deepEqual(told, [
      [null, null, PLANTED.user, null],
      ['B2', '07', PLANTED.user, 'idle'],
      ['B2', '07', PLANTED.user, 'signed-out'],
    ]);
  });

  /** Signs in; what the server answers with is added to what must be nowhere. */
  async function sitDown(pc: RealProfile, secrets: Record<string, string>, address: string): Promise<Page> {
    const page = await pc.open('about:blank');
    await page.clock.install();
    await page.goto(`${system.ready.web}${address}`);
    const answered = page.waitForResponse((response: Response) => response.url().includes('session.signIn'));
    await page.getByTestId('login-user').fill(visitor.user);
    await page.getByTestId('login-password').fill(visitor.password);
    await page.getByTestId('login-submit').click();
    const answer = (await (await answered).json()) as { result: { data: SignIn } }[];
    const { refreshToken, tokens } = answer[0]!.result.data;
    secrets[`access ${Object.keys(secrets).length}`] = (tokens.storage ?? '').slice(-60);
    if (refreshToken !== null) secrets[`refresh ${Object.keys(secrets).length}`] = refreshToken.slice(-43);
    await page.getByTestId('message-list').waitFor();
    return page;
  }
});

/** A mail, its files as the server shows them, and a search. */
async function read(page: Page): Promise<void> {
  await page.getByTestId('message-row').filter({ hasText: PLANTED.subject }).click();
  await page.getByTestId('message-body').getByText(PLANTED.body).waitFor();
  for (const [file, shown] of [
    ['pdf', '.viewer-image'],
    ['txt', '.viewer-text'],
    ['jpg', '.viewer-image'],
  ]) {
    await page.getByRole('button', { name: new RegExp(`^Show .*\\.${file}`) }).click();
    await page
      .locator(shown ?? '')
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('viewer').waitFor({ state: 'detached' });
  }
  await search(page);
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(PLANTED.query);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing').first().waitFor();
}

async function write(page: Page): Promise<void> {
  await page.getByTestId('compose').click();
  await page.getByTestId('compose-to').fill(`${PLANTED.recipient}@far.test`);
  await page.getByTestId('compose-subject').fill(PLANTED.draftSubject);
  await page.getByTestId('compose-body').click();
  await page.keyboard.type(PLANTED.draftBody);
}

/** Ten minutes without a hand on the computer. */
async function rest(page: Page): Promise<void> {
  await page.clock.fastForward('09:05');
  await page.getByTestId('idle-warning').waitFor();
  // Typing is a sign of life.
  await page.keyboard.press('Shift');
  await page.getByTestId('idle-warning').waitFor({ state: 'detached' });
  await page.clock.fastForward('09:05');
  await page.getByTestId('idle-warning').waitFor();
  await page.clock.fastForward('01:00');
}

async function showsAny(page: Page): Promise<boolean> {
  const html = await page.content();
  return Object.values(PLANTED).some((text) => html.includes(text));
}

async function listKept(page: Page): Promise<string[]> {
  return await page.evaluate(async () => [
    ...document.cookie.split(';').filter((cookie) => cookie !== ''),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await caches.keys()),
    ...(await indexedDB.databases()).map(({ name }) => String(name)),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  ]);
}

async function makeMail(): Promise<Buffer> {
  const picture = sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } });
  const photo = await picture
    .withExif({ IFD0: { Copyright: PLANTED.exif } })
    .jpeg()
    .toBuffer();
  const files: [string, string, Buffer][] = [
    ['application/pdf', 'pdf', makePdf([PLANTED.page])],
    ['text/plain; charset=utf-8', 'txt', Buffer.from(PLANTED.textFile)],
    ['image/jpeg', 'jpg', photo],
  ];
  const parts = files.map(([type, ending, bytes]) =>
    [
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${PLANTED.fileName}.${ending}"`,
      '',
      bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  const text = `Content-Type: text/plain\r\n\r\n${PLANTED.body}`;
  return Buffer.from(
    [
      'From: Luis <luis@far.test>',
      'To: visitor@uni.test',
      `Subject: ${PLANTED.subject}`,
      'Date: Fri, 20 Nov 2026 10:00:00 +0100',
      'Message-ID: <planted@far.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...[text, ...parts].map((part) => `--b\r\n${part}`),
      '--b--',
      '',
    ].join('\r\n'),
  );
}
