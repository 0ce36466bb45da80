import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import './stand-in-browser.ts';

const { sayNotSent } = await import('../../../desktop/renderer/composer/send/say-not-sent.ts');
const { DraftNotSaved } = await import('../../../desktop/renderer/composer/session/draft-state.ts');
const { toProblem } = await import('../../../desktop/renderer/session/problem.ts');

const FULL = new MailError('quota', 'full');
const SILENT = new TypeError('fetch failed');

describe('what is said of a mail that could not be sent', () => {
  it('is that it is in Drafts where the server has it and refused it', async () => {
    assert.match(await sayNotSent(FULL, false), /^Not sent: .+ The mail is in Drafts\.$/);
    const route = new MailError('route-refused', 'no');
    assert.match(await sayNotSent(route, true), /below\. The mail is in Drafts\.$/);
    assert.doesNotMatch(await sayNotSent(route, false), /below/);
  });

  it('is that it is nowhere else where the server does not have it', async () => {
    for (const error of [FULL, SILENT]) {
      const said = await sayNotSent(new DraftNotSaved(toProblem(error)), true);
      assert.match(said, /^Not sent: .+ It is not saved either: leave it open\.$/);
    }
  });

  it('is that it may be on its way where only the answer is missing', async () => {
    for (const error of [SILENT, new MailError('unavailable', 'gone')]) {
      const said = await sayNotSent(error, false);
      assert.match(
        said,
        /^No answer came: .+ The mail may be on its way\. Send it again here: it leaves once\.$/,
      );
    }
  });
});
