import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../../harness/component.ts';
import { signIn, startClientRig, type ClientRig } from '../client-rig.ts';
import { BENIGN_LOOKS } from './benign.ts';
import { keepPrintFrames } from '../print-frame.ts';
import { cleanInFrames, pasteAttacks } from './clean-in-frames.ts';
import { writeFiles } from './dressed-mails.ts';
import { FORBIDDEN, FORBIDDEN_IN_PAGE, judgeNodes } from './judge-nodes.ts';
import { startListener, watchPage, type Listener } from './listener.ts';
import { writeHostileMails, type HostileMails } from './mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

describe('hostile mail', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  let listener: Listener;
  let mails: HostileMails;
  let noted: string[];
  before(async () => {
    listener = await startListener();
    mails = writeHostileMails(listener.url);
    rig = await startClientRig([mails.raw, []]);
    page = await rig.openPage();
    noted = watchPage(page, rig);
    await keepPrintFrames(page);
    await page.addInitScript(`globalThis.judgeNodes = ${judgeNodes.toString()}`);
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await page.getByText(`${mails.raw.length} mails`).waitFor();
    await page.getByTestId('message-row').filter({ hasText: 'Benign' }).waitFor();
  });
  after(async () => {
    await rig?.stop();
    listener?.close();
  });

  const subject = () => page.getByTestId('message-subject');
  const openFirst = async (title: string): Promise<void> => {
    await page.locator('.list-scroller').evaluate((list) => list.scrollTo(0, 0));
    await page.getByTestId('message-row').filter({ hasText: title }).click();
    await subject().filter({ hasText: title }).waitFor();
  };
  /** Goes on by keys through the mails whose subjects fit, `count` of them. */
  const readOn = async (
    wanted: RegExp,
    count: number,
    look: (title: string) => Promise<void>,
  ): Promise<void> => {
    const seen = new Set<string>();
    for (let tries = 0; tries < count + 5 && seen.size < count; tries += 1) {
      const title = (await subject().filter({ hasText: wanted }).textContent()) ?? '';
      if (!seen.has(title)) {
        seen.add(title);
        await page.locator('.mail-frame[data-filled]').waitFor({ state: 'attached' });
        await look(title);
      }
      if (seen.size === count) break;
      await page.keyboard.press('j');
      await subject().filter({ hasNotText: title }).waitFor();
    }
    assert.equal(seen.size, count);
  };
  const checkQuiet = async (): Promise<void> => {
    assert.deepEqual([listener.hits, noted], [[], []]);
    assert.equal(await page.evaluate(() => 'owned' in window), false);
    assert.match(page.url(), new RegExp(`^${rig.system.ready.web}`));
    assert.ok(await page.getByTestId('check-now').isVisible());
  };

  it('runs nothing, asks nobody, opens nothing and stays in its frame', async () => {
    await openFirst('Batch 0.');
    await readOn(/^Batch \d+\.$/, mails.batches.length, async (title) => await checkFrame(page, title));
    if (process.env['VALIJA_TESTS'] === 'all') {
      await page.keyboard.press('j');
      await subject()
        .filter({ hasText: /^Attack 0\.$/ })
        .waitFor();
      await readOn(/^Attack \d+\.$/, mails.single.length, async (title) => await checkFrame(page, title));
    }
    await checkQuiet();
  });

  it('does so each by itself, whatever the others would have swallowed', async () => {
    assert.deepEqual(await cleanInFrames(page, mails.attacks), []);
    await checkQuiet();
  });

  it('does so when it is answered and passed on', async () => {
    let count = 0;
    await openFirst('Batch 0.');
    await readOn(/^Batch \d+\.$/, mails.batches.length, async (title) => {
      // Both for each: by VALIJA_TESTS=all.
      const keys = process.env['VALIJA_TESTS'] === 'all' ? ['r', 'f'] : [count++ % 2 === 0 ? 'r' : 'f'];
      for (const key of keys) {
        await page.keyboard.press(key);
        const editor = page.getByTestId('compose-body');
        await editor.waitFor();
        assert.deepEqual(await editor.evaluate(judgeNodes, FORBIDDEN_IN_PAGE), [], `${title} ${key}`);
        await page.getByRole('button', { name: 'Discard draft' }).click();
        await editor.waitFor({ state: 'detached' });
      }
    });
    await checkQuiet();
  });

  it('does so when it is printed, and stays on its sheet', async () => {
    await openFirst('Batch 0.');
    await readOn(/^Batch \d+\.$/, mails.batches.length, async (title) => {
      await page.keyboard.press('Control+p');
      const sheet = page.locator('[data-testid=print-frame][data-ready]');
      await sheet.waitFor({ state: 'attached' });
      await page.emulateMedia({ media: 'print' });
      const { bad, paint } = await sheet.evaluate(judgeSheet, FORBIDDEN);
      assert.deepEqual([bad, paint], [[], true], title);
      await page.emulateMedia({ media: null });
      await page.evaluate(() => {
        const frame = document.querySelector('[data-testid=print-frame]');
        frame?.parentElement?.removeChild(frame);
      });
    });
    await checkQuiet();
  });

  it('does so when what it brings along is looked at', async () => {
    await openFirst('Files');
    const { count } = writeFiles(listener.url);
    const shows = page.locator('.attachments .icon-button');
    assert.equal(await shows.count(), count);
    for (let at = 0; at < count; at += 1) {
      await shows.nth(at).click();
      const shown = page.locator('.viewer-text, .viewer-image, .viewer .note');
      await shown.first().waitFor();
      assert.deepEqual(await page.locator('.viewer pre *').count(), 0);
      for (const source of await page
        .locator('.viewer img')
        .evaluateAll((all) => all.map((one) => one.getAttribute('src'))))
        assert.match(source ?? '', /^data:image\/webp;base64,/);
      await page.keyboard.press('Escape');
      await shown.first().waitFor({ state: 'detached' });
    }
    await checkQuiet();
  });

  it('does so where it dresses up its names, which are read as they are', async () => {
    await openFirst('Dressed');
    const tag = '<img src=x onerror=top.owned=1>';
    assert.match((await subject().textContent()) ?? '', new RegExp(`^Dressed ${tag}`));
    await page.locator('.mail-from strong').filter({ hasText: tag }).waitFor();
    await page.locator('.mail-head .link-button').first().click();
    assert.equal(await page.locator('.mail-head img, .row img, .unsubscribe a').count(), 0);
    for (const key of ['r', 'f']) {
      await page.keyboard.press(key);
      const editor = page.getByTestId('compose-body');
      await editor.waitFor();
      await page.getByRole('button', { name: 'Discard draft' }).click();
      await editor.waitFor({ state: 'detached' });
    }
    await checkQuiet();
  });

  it('does so when its HTML is pasted', async () => {
    await page.getByTestId('compose').click();
    await page.getByTestId('compose-body').click();
    assert.deepEqual(await pasteAttacks(page, mails.attacks), []);
    await page.getByRole('button', { name: 'Discard draft' }).click();
    await checkQuiet();
  });

  it('lets an ordinary mail through: table, style, link, list, quote, picture', async () => {
    await page.locator('.list-scroller').evaluate((list) => list.scrollTo(0, 0));
    await page.getByTestId('message-row').filter({ hasText: 'Benign' }).click();
    const frame = page.frameLocator('.mail-frame');
    await frame.getByText('Benign lead').waitFor();
    const looks = await page.locator('.mail-frame').evaluate((element) => {
      const body = (element as HTMLIFrameElement).contentDocument!.body;
      const style = (selector: string) => getComputedStyle(body.querySelector(selector)!);
      const picture = body.querySelector('img')!;
      return {
        colour: style('.lead').color,
        padding: style('td').paddingLeft,
        items: body.querySelectorAll('li').length,
        quote: body.querySelector('blockquote')?.textContent,
        href: body.querySelector('a')?.getAttribute('href'),
        rel: body.querySelector('a')?.getAttribute('rel'),
        drawn: picture.complete && picture.naturalWidth === 1,
      };
    });
    assert.deepEqual(looks, {
      colour: 'rgb(10, 100, 20)',
      padding: '17px',
      items: 3,
      quote: 'a quote',
      href: 'https://ok.example/path',
      rel: 'noopener noreferrer nofollow',
      drawn: true,
    });
    const attributes = await page.locator('.mail-frame').evaluate((element) => {
      const nodes = [...(element as HTMLIFrameElement).contentDocument!.body.querySelectorAll('*')];
      return nodes.flatMap((node) =>
        [...node.attributes].map((one) => `${node.nodeName} ${one.name} ${one.value}`),
      );
    });
    assert.deepEqual(
      BENIGN_LOOKS.filter((look) => !attributes.includes(look)),
      [],
    );
    // By now even a slow request would have come.
    assert.deepEqual([listener.hits, noted], [[], []]);
  });

  it('keeps a box with the words of a picture from elsewhere, and says why', async () => {
    await page.getByTestId('message-row').filter({ hasText: 'Pictured' }).click();
    const place = page.frameLocator('.mail-frame').getByRole('img', { name: 'Our new shop' });
    await place.waitFor();
    const box = await place.boundingBox();
    assert.deepEqual([box?.width, box?.height], [200, 90]);
    assert.equal(await page.frameLocator('.mail-frame').locator('.valija-picture').count(), 1);
    await page.getByTestId('images-hidden').getByText('Remote images are not shown').waitFor();
    assert.deepEqual([listener.hits, noted], [[], []]);
  });

  it('keeps mail with its own colours on a light canvas in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const [subject, canvas] of [
      ['Coloured', 'light'],
      ['Simple', 'dark'],
    ] as const) {
      await page.getByTestId('message-row').filter({ hasText: subject }).click();
      await page.getByTestId('message-subject').filter({ hasText: subject }).waitFor();
      await page.locator(`.mail-frame[data-filled][data-canvas=${canvas}]`).waitFor();
    }
    // The mail that is open follows.
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('.mail-frame[data-filled][data-canvas=light]').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('.mail-frame[data-filled][data-canvas=dark]').waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

/** What may be in the frame, whatever came in, and how far it may reach. */
async function checkFrame(page: Page, title: string): Promise<void> {
  const frame = page.locator('.mail-frame');
  const found = await frame.evaluate((element) => {
    const pane = element.closest('.reader')?.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const inside = pane !== undefined && box.left >= pane.left - 1 && box.right <= pane.right + 1;
    return { inside, height: box.height, sandbox: element.getAttribute('sandbox') };
  });
  assert.deepEqual(
    { ...found, height: found.height < 100_000 },
    { inside: true, height: true, sandbox: SANDBOX },
    title,
  );
  const body = page.frameLocator('.mail-frame').locator('body');
  assert.deepEqual(await body.evaluate(judgeNodes, FORBIDDEN), [], title);
}

/** What stands on the sheet of a mail that it may not bring, and whether its box keeps it from being painted elsewhere. */
function judgeSheet(frame: Element, rules: typeof FORBIDDEN): { bad: string[]; paint: boolean } {
  const page = (frame as HTMLIFrameElement).contentDocument!;
  const box = page.querySelector('.print-body')!;
  const tree = box.firstElementChild!.shadowRoot!;
  const { judgeNodes: judge } = globalThis as unknown as { judgeNodes: typeof judgeNodes };
  return {
    bad: judge(tree as unknown as Element, rules),
    paint: getComputedStyle(box).contain.includes('paint') || getComputedStyle(box).contain === 'strict',
  };
}
