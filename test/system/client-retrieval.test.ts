import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { describeError } from '../../common/error-texts/describe.ts';
import type { Account } from '../../common/shapes/account.ts';
import { startChromium, type TestBrowser } from '../harness/chromium.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import { Pc } from './pc.ts';

const OUTPUT = join(import.meta.dirname, '..', '..', 'test-output', 'retrieval');
const ANA = { user: 'ana', password: 'a traveller since 2026' };
const MANY = 1500;

const mail = (n: number): Uint8Array =>
  Buffer.from(
    [
      'From: Luis <luis@far.test>',
      'To: ana@uni.test',
      `Subject: Letter ${n}`,
      `Date: ${new Date(Date.UTC(2026, 9, 1, 0, n)).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <letter-${n}@far.test>`,
      '',
      `This is letter ${n}. ${'x'.repeat(700)}`,
      '',
    ].join('\r\n'),
  );

describe(
  'mail being fetched, as its user sees it',
  {
    skip: missingComponent('dovecot', 'chromium'),
  },
  () => {
    let system: System;
    let dovecot: Dovecot;
    let line: TcpProxy;
    let browser: TestBrowser;
    let pc: Pc;

    before(async () => {
      mkdirSync(OUTPUT, { recursive: true });
      dovecot = await startDovecot({ users: { ana: 'maildrop one' } });
      dovecot.deliver(
        'ana',
        Array.from({ length: MANY }, (_, n) => mail(n + 1)),
      );
      // As slow as a line on which a first import takes a while.
      line = await startTcpProxy(dovecot, { bytesPerSecond: 120_000 });
      system = await startSystem({ mode: 'start' });
      browser = await startChromium();
      pc = await Pc.sitDown(await browser.openPc({ viewport: { width: 1280, height: 860 } }), system);
    });
    after(async () => {
      await browser?.close();
      await system?.stop();
      await line?.close();
      await dovecot?.stop();
    });
    const keepPicture = async (name: string): Promise<void> => {
      await pc.page.screenshot({ path: join(OUTPUT, `${name}.png`) });
    };
    const strip = (kind: string) => pc.page.locator(`[data-testid=account-strip][data-kind=${kind}]`);
    const readAccount = async (): Promise<Account> => {
      const { json } = await runValija(system, ['account', 'list'], ANA);
      return (json as { accounts: Account[] }).accounts[0]!;
    };
    const count = async (): Promise<number> =>
      ((await runValija(system, ['list', '--limit', '1'], ANA)).json as { total?: number; mails: unknown[] })
        .total ?? 0;

    test('a first import shows how far it is, and its newest mail can be read meanwhile', async () => {
      await pc.page.getByRole('button', { name: 'Create an account' }).click();
      await pc.signIn(ANA.user, ANA.password);
      await pc.addAccount('ana@uni.test', { ...dovecot, port: line.port }, 'ana', 'maildrop one');
      await strip('import')
        .getByText(`of ${MANY.toLocaleString('en')}, newest first`)
        .waitFor();
      await pc.row(`Letter ${MANY}`).click();
      await pc.page.getByTestId('message-body').getByText(`This is letter ${MANY}.`).waitFor();
      assert.equal(await strip('import').count(), 1, 'it is still under way');
      await keepPicture('1-import');
    });

    test('the progress is there again after a reload', async () => {
      await pc.page.reload();
      await strip('import').waitFor();
    });

    test('it can be paused, stands still, and goes on where it was', async () => {
      await strip('import').getByRole('button', { name: 'Pause' }).click();
      await strip('paused').waitFor();
      assert.equal((await readAccount()).state, 'paused');
      const then = await count();
      assert.ok(then > 0 && then < MANY, `${then} were fetched`);
      await keepPicture('2-paused');
      line.rules.bytesPerSecond = 5_000_000;
      await strip('paused').getByRole('button', { name: 'Go on' }).click();
      await pc.page.locator(`[data-testid=message-list][aria-rowcount="${MANY}"]`).waitFor();
      await strip('import').waitFor({ state: 'detached' });
      assert.equal(await count(), MANY);
    });

    test('a password that was changed there is asked for with one button, and tried before it is kept', async () => {
      writeFileSync(join(dovecot.dir, 'passwords'), 'ana:{PLAIN}the new one::::::\n');
      await pc.page.getByTestId('check-now').click();
      await strip('sign-in').waitFor();
      await keepPicture('3-needs-sign-in');
      await pc.page.getByTestId('nav-sign-in').click();
      const dialog = pc.page.getByRole('dialog');
      await dialog.getByTestId('again-password').fill('a wrong one');
      await dialog.getByTestId('again-submit').click();
      const wrong = describeError({ code: 'auth-failed' }, 'en');
      await dialog.locator('[data-ok=false]').getByText(wrong.message).waitFor();
      await keepPicture('4-wrong-again');
      await dialog.getByTestId('again-password').fill('the new one');
      await dialog.getByTestId('again-submit').click();
      await dialog.waitFor({ state: 'detached' });
      await strip('sign-in').waitFor({ state: 'detached' });
      assert.notEqual((await readAccount()).state, 'needs-sign-in');
    });

    test('its activity says what happened, with the server’s own line and what to do, and follows what happens', async () => {
      await pc.page.goto(`${system.ready.web}/#/settings/accounts`);
      await pc.page.getByTestId('account-card').getByRole('button', { name: 'Activity' }).click();
      const entries = pc.page.getByTestId('timeline-entry');
      const failed = entries
        .and(pc.page.locator('[data-kind=failed]'))
        .filter({ has: pc.page.locator('code') });
      const { message, action } = describeError({ code: 'auth-failed' }, 'en');
      await failed.first().getByText(message).waitFor();
      await failed.first().getByText(String(action)).waitFor();
      assert.match((await failed.first().locator('code').textContent()) ?? '', /-ERR/);
      await pc.page.getByText('All is well: mail is fetched as planned.').waitFor();
      dovecot.deliver('ana', [mail(MANY + 1), mail(MANY + 2)]);
      await pc.page.locator('.facts').getByRole('button', { name: 'Check now' }).click();
      await entries.first().getByText('2 new mails').waitFor();
      const numberIn = (text: string | null): number =>
        Number(/[\d,]+/.exec(text ?? '')?.[0].replace(',', ''));
      const came = await pc.page.locator('.history-mail strong').allTextContents();
      const today = await pc.page.locator('.activity tbody tr').last().locator('td').first().textContent();
      assert.equal(
        numberIn(today),
        came.reduce((sum, text) => sum + numberIn(text), 0),
        'the bar of today is what the checks brought',
      );
      await keepPicture('5-activity');
    });

    test('how often it is checked is chosen automatically, and can be fixed and freed again', async () => {
      const change = pc.page.getByTestId('interval-switch');
      assert.equal((await readAccount()).adaptive, true);
      await change.click();
      await pc.page.getByText(', fixed').waitFor();
      assert.equal((await readAccount()).adaptive, false);
      await change.click();
      await pc.page.getByText('chosen automatically').waitFor();
    });

    test('mail is deleted at the provider only after a confirmation that names the number', async () => {
      await pc.page.getByRole('link', { name: 'Settings of the account' }).click();
      await pc.page.getByLabel('Delete it once it is here').check();
      await pc.page.getByTestId('account-save').click();
      const dialog = pc.page.getByRole('dialog');
      const n = (MANY + 2).toLocaleString('en');
      await dialog.getByText(`${n} messages`, { exact: false }).first().waitFor();
      await keepPicture('6-retention');
      await dialog.getByRole('button', { name: 'Change nothing' }).click();
      assert.equal((await readAccount()).keep, 'always');
      assert.equal(dovecot.listMaildrop('ana').length, MANY + 2);
      await pc.page.getByTestId('account-save').click();
      await dialog.getByRole('button', { name: `Delete ${n} messages there` }).click();
      await pc.page.getByTestId('activity').waitFor();
      assert.equal((await readAccount()).keep, 'delete');
      await runValija(system, ['check'], ANA);
      assert.equal(dovecot.listMaildrop('ana').length, 0);
      assert.equal(await count(), MANY + 2);
      assert.deepEqual(pc.complaints, []);
    });
  },
);
