import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { describeError } from '../../../common/error-texts/describe.ts';
import { missingComponent } from '../../harness/component.ts';
import { listProblems } from '../../harness/failures.ts';
import { makeTimeline } from './account-samples.ts';
import { setLanguage } from './check-view.ts';
import { signIn, startClientRig, type ClientRig } from './client-rig.ts';
import { stubCalls } from './stub-calls.ts';

const PROBLEMS = listProblems();

describe('the timeline of an account', { skip: missingComponent('chromium', 'dovecot', 'smtp-sink') }, () => {
  let rig: ClientRig;
  before(async () => {
    rig = await startClientRig([[], []]);
  });
  after(async () => await rig?.stop());

  for (const language of ['en', 'es'] as const) {
    it(`says of each failure what the one table says, in ${language}`, async () => {
      assert.ok(PROBLEMS.length > 50, `${PROBLEMS.length} kinds of failure`);
      const page = await rig.openPage();
      await signIn(page, rig);
      await setLanguage(page, rig, language);
      await stubCalls(page, {
        'account.timeline': () => makeTimeline(PROBLEMS.map((error) => ({ error, new: 1 }))),
      });
      await page.goto(`${rig.system.ready.web}/#/settings/accounts`);
      await page
        .getByTestId('account-card')
        .first()
        .getByRole('button', { name: /Activity|Actividad/ })
        .click();
      const failed = page.locator('[data-testid=timeline-entry][data-kind=failed] .trouble');
      await failed.nth(PROBLEMS.length - 1).waitFor();
      await page.getByText(describeError(PROBLEMS[0]!, language).message).first().waitFor();
      const shown = await failed.evaluateAll((all) =>
        all.map((one) => ({
          message: one.querySelector('.trouble-what')?.textContent,
          action: one.querySelector('.trouble-do')?.textContent ?? null,
          line: one.querySelector('code')?.textContent ?? null,
        })),
      );
      const wanted = PROBLEMS.map((problem) => ({
        ...describeError(problem, language),
        line: problem.serverLine,
      }));
      assert.deepEqual(shown, wanted);
      await page.context().close();
    });
  }
});
