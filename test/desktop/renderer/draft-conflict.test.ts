import { after, before, describe, it } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { saveDraft, signIn, startClientRig, waitForSubject, type ClientRig } from './client-rig.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('a draft that was written on at two PCs', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    rig = await startClientRig([[], []]);
  });
  after(async () => await rig?.stop());

  it('is shown with everybody to whom the other version goes', async () => {
    const [one, two] = [await rig.openPage(), await rig.openPage()];
    await signIn(one, rig);
    await one.getByTestId('compose').click();
    await one.getByTestId('compose-subject').fill('Minutes');
    await saveDraft(one);
    await signIn(two, rig);
    await two.locator('[data-box=drafts]').click();
    await two.getByTestId('message-row').filter({ hasText: 'Minutes' }).click();
    await waitForSubject(two, 'Minutes');
    await two.getByRole('button', { name: 'Cc, Bcc' }).click();
    await two.getByTestId('compose-cc').fill('bea@example.test,');
    await two.getByTestId('compose-subject').fill('Minutes for Bea');
    await saveDraft(two);
    await one.getByTestId('compose-subject').fill('Minutes of today');
    await one.getByRole('button', { name: 'Show that version' }).click();
    await waitForSubject(one, 'Minutes for Bea');
    await one.getByTestId('compose-cc').waitFor();
    await one.locator('.recipient-chip').filter({ hasText: 'bea@example.test' }).waitFor();
  });
});
