import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { signIn, startClientRig, type ClientRig } from './client-rig.ts';
import { BENIGN, BENIGN_LOOKS, HOSTILE } from './hostile-corpus.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

/** A listener that nobody should ever talk to. */
async function startListener(): Promise<{ server: Server; url: string; hits: string[] }> {
  const hits: string[] = [];
  const server = createServer((req, res) => {
    hits.push(req.url ?? '');
    res.writeHead(200, { 'access-control-allow-origin': '*' }).end('owned');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, hits, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('hostile mail', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  let listener: Awaited<ReturnType<typeof startListener>>;
  const outside: string[] = [];
  before(async () => {
    listener = await startListener();
    const host = listener.url.replace('http://', '');
    const mails = HOSTILE.map((html, at) =>
      writeSample(
        {
          from: 'Mallory <m@evil.test>',
          to: 'ana@example.test',
          subject: `Attack ${at}.`,
          ago: at + 1,
          html: `${html.replaceAll('{X}', listener.url).replaceAll('{H}', host)}<p>end of attack</p>`,
        },
        Date.now(),
      ),
    );
    const benign = {
      from: 'Ben <b@ok.test>',
      to: 'ana@example.test',
      subject: 'Benign',
      ago: 0,
      html: BENIGN,
    };
    const coloured = {
      ...benign,
      subject: 'Coloured',
      ago: 0.3,
      html: '<table bgcolor="#fffbe0"><tr><td><font color="#333">x</font></td></tr></table>',
    };
    const simple = { ...benign, subject: 'Simple', ago: 0.6, html: '<p>Only <b>words</b></p>' };
    const pictured = {
      ...benign,
      subject: 'Pictured',
      ago: 0.5,
      html: `<p>See</p><img src="${listener.url}/shop.png" width="200" height="90" alt="Our new shop">
        <img src="${listener.url}/count.gif" width="1" height="1" alt="">`,
    };
    const plain = [benign, coloured, pictured, simple].map((mail) => writeSample(mail, Date.now()));
    rig = await startClientRig([[...mails, ...plain], []]);
    page = await rig.openPage();
    const own = new Set(
      [rig.system.ready.web, rig.system.ready.storage].map((url) => new URL(url ?? '').origin),
    );
    // A request that the frame's policy stops is told as one that failed by it; it never left the browser.
    const isOutside = (url: string): boolean => /^https?:/.test(url) && !own.has(new URL(url).origin);
    page.on('response', (response) => {
      if (isOutside(response.url())) outside.push(response.url());
    });
    page.on('requestfailed', (request) => {
      if (isOutside(request.url()) && request.failure()?.errorText !== 'csp') outside.push(request.url());
    });
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await page.getByText(`${HOSTILE.length + 4} mails`).waitFor();
    await page.getByTestId('message-row').filter({ hasText: 'Benign' }).waitFor();
  });
  after(async () => {
    await rig?.stop();
    listener?.server.close();
  });

  it('runs nothing, asks nobody, opens nothing and stays in its frame', async () => {
    page.on('dialog', (dialog) => assert.fail(`a dialog opened: ${dialog.message()}`));
    page.context().on('page', (other) => assert.fail(`a window opened: ${other.url()}`));
    await page.getByTestId('message-row').filter({ hasText: 'Simple' }).click();
    const seen = new Set<string>();
    for (let tries = 0; tries < HOSTILE.length + 5 && seen.size < HOSTILE.length; tries += 1) {
      await page.keyboard.press('j');
      const subject = page.getByTestId('message-subject');
      await subject.filter({ hasText: /^Attack \d+\.$/ }).waitFor();
      const title = (await subject.textContent()) ?? '';
      if (seen.has(title)) continue;
      seen.add(title);
      await page.locator('.mail-frame[data-filled]').waitFor({ state: 'attached' });
      await checkFrame(page, title);
    }
    assert.equal(seen.size, HOSTILE.length);
    assert.deepEqual(listener.hits, []);
    assert.deepEqual(outside, []);
    assert.equal(await page.evaluate(() => 'owned' in window), false);
    assert.match(page.url(), new RegExp(`^${rig.system.ready.web}`));
    assert.ok(await page.getByTestId('check-now').isVisible());
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
    assert.deepEqual([listener.hits, outside], [[], []]);
  });

  it('keeps a box with the words of a picture from elsewhere, and says why', async () => {
    await page.getByTestId('message-row').filter({ hasText: 'Pictured' }).click();
    const place = page.frameLocator('.mail-frame').getByRole('img', { name: 'Our new shop' });
    await place.waitFor();
    const box = await place.boundingBox();
    assert.deepEqual([box?.width, box?.height], [200, 90]);
    assert.equal(await page.frameLocator('.mail-frame').locator('.valija-picture').count(), 1);
    await page.getByTestId('images-hidden').getByText('Remote images are not shown').waitFor();
    assert.deepEqual([listener.hits, outside], [[], []]);
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
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

const FORBIDDEN_TAGS =
  'script,iframe,object,embed,form,input,button,select,textarea,svg,math,video,audio,link,meta:not([charset],[name],[http-equiv]),base,template,dialog,map,picture,source';

/** What may be in the frame, whatever came in. */
async function checkFrame(page: Page, title: string): Promise<void> {
  const found = await page.locator('.mail-frame').evaluate((element, tags) => {
    const document = (element as HTMLIFrameElement).contentDocument!;
    const nodes = [...document.body.querySelectorAll('*')];
    const bad: string[] = nodes.filter((node) => node.matches(tags)).map((node) => node.nodeName);
    for (const node of nodes) {
      for (const { name, value } of node.attributes) {
        if (
          /^on|^(?:id|name|ping|popover.*|autofocus|slot|srcset|background|formaction|action|is)$/.test(name)
        ) {
          bad.push(`${node.nodeName}[${name}]`);
        }
        if (name === 'href' && !/^(?:https?|mailto):/i.test(value)) bad.push(`href ${value}`);
        if (name === 'src' && !/^(?:data:image\/(?:png|jpe?g|gif|webp)|blob:)/i.test(value))
          bad.push(`src ${value}`);
      }
    }
    return { bad, sandbox: element.getAttribute('sandbox'), text: document.body.textContent };
  }, FORBIDDEN_TAGS);
  assert.deepEqual(found.bad, [], title);
  assert.equal(found.sandbox, 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
}
