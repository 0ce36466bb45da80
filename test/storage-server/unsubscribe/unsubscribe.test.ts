import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import { saveVerdicts } from '../../../storage-server/origin/origin-store.ts';
import { unsubscribe, type UnsubscribeCore } from '../../../storage-server/unsubscribe/unsubscribe.ts';
import { makeAuthority } from '../../harness/certificate.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { NOW, incoming, makeMessage, newUser, startMailRig, type MailRig } from '../mail-rig.ts';

interface Asked {
  method: string;
  path: string;
  body: string;
  headers: IncomingHttpHeaders;
}

/** A list's web server with a real certificate, which says what it was asked. */
async function startList(): Promise<{ server: Server; url: string; asked: Asked[] }> {
  const directory = makeTempDir('list');
  const authority = makeAuthority(directory.path);
  authority.trust();
  const asked: Asked[] = [];
  const server = createServer(authority.issue(['localhost']), (req, res) => {
    let body = '';
    req.on('data', (piece: Buffer) => (body += piece.toString()));
    req.on('end', () => {
      const path = req.url ?? '';
      asked.push({ method: req.method ?? '', path, body, headers: req.headers });
      if (path === '/moved') res.writeHead(308, { location: '/done', 'set-cookie': 'a=b' }).end();
      else if (path === '/down') res.writeHead(307, { location: 'http://localhost/x' }).end();
      else if (path === '/round') res.writeHead(307, { location: '/round' }).end();
      else if (path === '/see') res.writeHead(303, { location: 'https://localhost:1/thanks' }).end();
      else res.writeHead(path === '/broken' ? 500 : 200, { 'set-cookie': 'a=b' }).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  server.once('close', () => directory.remove());
  return { server, asked, url: `https://localhost:${(server.address() as AddressInfo).port}` };
}

for (const engine of ENGINES) {
  describe(`getting off a list (${engine})`, { skip: missingEngine(engine) }, () => {
    let list: Awaited<ReturnType<typeof startList>>;
    let started: TestEngine;
    let rig: MailRig;
    let core: UnsubscribeCore;
    const sent: { key: string | null; text: string }[] = [];
    const user = newUser();
    let count = 0;
    before(async () => {
      list = await startList();
      started = await startEngine(engine);
      rig = await startMailRig(started);
      const identity = {
        id: 'idn_1',
        account: 'acc_a',
        name: 'Ana',
        address: 'ana@example.org',
        replyTo: null,
        signature: null,
      };
      core = {
        mails: rig.mails,
        ids: rig.core.ids,
        clock: rig.clock,
        random: (size) => Buffer.alloc(size, 1),
        egress: makeEgressGuard({ allowNetworks: ['127.0.0.0/8', '::1/128'], dns: null }),
        home: {
          ...rig.core.home,
          readProfile: async (of) => ({ ...(await rig.core.home.readProfile(of)), identities: [identity] }),
        },
        sending: {
          sendRaw: async (_user, { key, body }) => {
            let text = '';
            for await (const piece of body) text += String(piece);
            sent.push({ key, text });
            return {} as never;
          },
        },
      };
    });
    after(async () => {
      list?.server.closeAllConnections();
      list?.server.close();
      await rig?.stop();
      await started?.stop();
    });

    /** A mail of the list; `signed` puts a verdict that its signature holds. */
    const receive = async (address: string, { signed = true, post = true } = {}): Promise<string> => {
      const headers = [
        `List-Unsubscribe: ${address}`,
        ...(post ? ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'] : []),
        'DKIM-Signature: v=1; d=example.com; s=s1; h=from:list-unsubscribe:list-unsubscribe-post; b=x',
      ];
      const [added] = await rig.mails.ingestMails(user, [incoming(makeMessage((count += 1), headers))]);
      const mail = rig.core.ids.read(user, added!.mailId);
      const dkim = [{ domain: 'example.com', selector: 's1', result: 'pass' }];
      const verdict = JSON.stringify({
        from: { domain: 'example.com', dmarc: 'pass' },
        dkim,
        spf: null,
        arc: null,
        by: 'valija',
      });
      if (signed) {
        await rig.db.write(
          async (tx) =>
            await saveVerdicts(tx, user, [
              { mail, account: 'acc_a', verdict, judgedAt: NOW, tries: 1, nextTry: null },
            ]),
        );
      }
      return added!.mailId;
    };

    it('is one POST with one field and nothing about the reader, and is remembered with the mail', async () => {
      const id = await receive(`<${list.url}/u?id=7>, <mailto:off@example.com>`);
      const before = list.asked.length;
      const modseq = await rig.mails.readModseq(user);
      const [first, second] = await Promise.all([unsubscribe(core, user, id), unsubscribe(core, user, id)]);
      assert.deepEqual(first, { way: 'one-click', url: null, doneAt: '2026-11-20T12:00:00.000Z' });
      assert.deepEqual(second, first);
      assert.equal(list.asked.length, before + 1);
      const { method, path, body, headers } = list.asked.at(-1)!;
      assert.deepEqual([method, path, body], ['POST', '/u?id=7', 'List-Unsubscribe=One-Click']);
      assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
      assert.deepEqual(Object.keys(headers).toSorted(), [
        'connection',
        'content-length',
        'content-type',
        'host',
        'user-agent',
      ]);
      assert.equal((await rig.mails.show(user, id)).unsubscribe?.doneAt, '2026-11-20T12:00:00.000Z');
      assert.ok((await rig.mails.readModseq(user)) > modseq);
      assert.deepEqual(sent, []);
    });

    it('follows a redirect that keeps the POST, takes one to a page for done, and none away from https', async () => {
      const moved = await unsubscribe(core, user, await receive(`<${list.url}/moved>`));
      assert.equal(moved.way, 'one-click');
      assert.deepEqual(
        list.asked.slice(-2).map(({ method, path, headers }) => [method, path, headers.cookie]),
        [
          ['POST', '/moved', undefined],
          ['POST', '/done', undefined],
        ],
      );
      assert.equal((await unsubscribe(core, user, await receive(`<${list.url}/see>`))).way, 'one-click');
      for (const path of ['/down', '/round', '/broken']) {
        const id = await receive(`<${list.url}${path}>`);
        await assert.rejects(unsubscribe(core, user, id), { code: 'protocol', reason: 'unsubscribe' });
        assert.equal((await rig.mails.show(user, id)).unsubscribe?.doneAt, null);
      }
    });

    it('is a mail from the address that received it where no signature vouches for the click', async () => {
      const asked = list.asked.length;
      const id = await receive(`<${list.url}/u>, <mailto:off@list.example?subject=Off%207>`, {
        signed: false,
      });
      assert.deepEqual((await unsubscribe(core, user, id)).way, 'mail');
      assert.equal(list.asked.length, asked);
      const { key, text } = sent.at(-1)!;
      assert.equal(key, `unsubscribe-${id}`);
      assert.match(text, /^From: Ana <ana@example\.org>\r$/m);
      assert.match(text, /^To: off@list\.example\r$/m);
      assert.match(text, /^Subject: Off 7\r$/m);
    });

    it('is left to the reader where there is only a page', async () => {
      const asked = list.asked.length;
      const id = await receive(`<${list.url}/u>`, { post: false });
      assert.deepEqual(await unsubscribe(core, user, id), {
        way: 'link',
        url: `${list.url}/u`,
        doneAt: null,
      });
      assert.equal(list.asked.length, asked);
      const [other] = await rig.mails.ingestMails(user, [incoming(makeMessage((count += 1)))]);
      await assert.rejects(unsubscribe(core, user, other!.mailId), {
        code: 'not-found',
        reason: 'unsubscribe',
      });
    });

    it('does not reach what is not allowed, and goes with the mail', async () => {
      const strict = { ...core, egress: makeEgressGuard({ allowNetworks: [], dns: null }) };
      const id = await receive(`<${list.url}/u>`);
      await assert.rejects(unsubscribe(strict, user, id), { code: 'host-not-allowed' });
      await unsubscribe(core, user, id);
      await rig.mails.move(user, [id], 'trash');
      await rig.mails.remove(user, [id]);
      const left = await rig.db.read.all('SELECT mail FROM mail_unsubscribe WHERE user_id = ? AND mail = ?', [
        user,
        rig.core.ids.read(user, id),
      ]);
      assert.deepEqual(left, []);
    });
  });
}
