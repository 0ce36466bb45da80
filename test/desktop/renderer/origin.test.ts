import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AuthResult, MailAuthentication } from '../../../common/shapes/mail.ts';
import { judgeOrigin } from '../../../desktop/renderer/reader/head/judge-origin.ts';
import { missingComponent } from '../../harness/component.ts';
import { checkView } from './check-view.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';
import { stubCalls } from './stub-calls.ts';

const judged = (dmarc: AuthResult, more: Partial<MailAuthentication> = {}): MailAuthentication => ({
  from: { domain: 'bank.example', dmarc },
  dkim: [],
  spf: null,
  arc: null,
  by: 'valija',
  judgedAt: '2026-11-21T10:00:00Z',
  ...more,
});
const dkim = (domain: string, result: AuthResult = 'pass') => ({ domain, selector: 's1', result });
const spf = (domain: string, result: AuthResult = 'pass') => ({ domain, result, ip: '192.0.2.1' });

describe('the origin of a mail', () => {
  const table: [string, MailAuthentication | null, string | null][] = [
    ['not judged', null, null],
    ['without a sender’s domain', { ...judged('none'), from: { domain: null, dmarc: 'none' } }, null],
    ['DMARC passes', judged('pass', { dkim: [dkim('bank.example')] }), null],
    ['DMARC fails', judged('fail', { dkim: [dkim('evil.example')] }), 'fails'],
    ['DMARC fails behind a list whose chain holds', judged('fail', { arc: { result: 'pass' } }), null],
    ['DMARC fails and the chain too', judged('fail', { arc: { result: 'fail' } }), 'fails'],
    ['nobody vouches', judged('none'), null],
    ['a signature that broke', judged('none', { dkim: [dkim('bank.example', 'fail')] }), null],
    ['its own domain signs', judged('none', { dkim: [dkim('BANK.example')] }), null],
    ['a part of it signs', judged('none', { dkim: [dkim('mail.bank.example')] }), null],
    ['only another signs', judged('none', { dkim: [dkim('sender.example')] }), 'other'],
    ['only another sends', judged('none', { spf: spf('sender.example') }), 'other'],
    [
      'another signs, it sends',
      judged('none', { dkim: [dkim('s.example')], spf: spf('bank.example') }),
      null,
    ],
    ['a name that only ends alike', judged('none', { dkim: [dkim('notbank.example')] }), 'other'],
    ['DNS did not answer', judged('temperror', { dkim: [dkim('bank.example', 'temperror')] }), null],
  ];
  for (const [name, found, wanted] of table) {
    it(`${name}: ${wanted ?? 'nothing is said'}`, () =>
      assert.equal(judgeOrigin(found)?.kind ?? null, wanted));
  }
});

describe(
  'the mark of a doubtful origin',
  { skip: missingComponent('chromium', 'dovecot', 'smtp-sink') },
  () => {
    let rig: ClientRig;
    before(async () => {
      const mail = {
        from: 'Bank <b@bank.example>',
        to: 'ana@example.test',
        subject: 'Pay now',
        ago: 1,
        text: 'Hi',
      };
      rig = await startClientRig([[writeSample(mail, Date.now())], []]);
    });
    after(async () => await rig?.stop());

    it('is calm, says why on demand, and is not there for other mail', async () => {
      const page = await rig.openPage({ reducedMotion: 'reduce' });
      await signIn(page, rig);
      await page.getByTestId('check-now').click();
      await waitForRows(page, 1);
      await openMail(page, 'Pay now');
      await page.getByTestId('message-body').waitFor();
      assert.equal(await page.getByTestId('origin-mark').count(), 0);
      const shown = page.waitForResponse(/mail\.show/);
      await page.reload();
      const view = ((await (await shown).json()) as { result: { data: object } }[])[0]?.result.data;
      const found = judged('fail', { dkim: [dkim('evil.example')], spf: spf('evil.example', 'softfail') });
      await stubCalls(page, { 'mail.show': () => ({ ...view, authentication: found }) });
      await page.reload();
      const mark = page.getByTestId('origin-mark');
      await mark.getByText('bank.example says that this mail is not from there.').waitFor();
      assert.equal(await mark.getByText('DMARC').count(), 0);
      await mark.getByRole('button', { name: 'How this is known' }).click();
      await mark.getByText('Judged by Valija').waitFor();
      assert.deepEqual(await mark.locator('li').allTextContents(), [
        'DMARC bank.example fail',
        'DKIM evil.example pass',
        'SPF evil.example, 192.0.2.1 softfail',
      ]);
      await checkView(page, 'origin');
      await page.context().close();
    });
  },
);
