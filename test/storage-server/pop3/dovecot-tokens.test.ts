import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession } from './connect.ts';

const MAIL = Buffer.from('Subject: by token\r\n\r\n.\r\n');

describe('Dovecot that takes access tokens', { skip: missingComponent('dovecot') }, () => {
  const spool = makeTempDir('dovecot-tokens');
  let judge: Server;
  let dovecot: Dovecot;
  before(async () => {
    judge = createServer((request, response) => {
      void text(request).then((body) => {
        const token = new URLSearchParams(body).get('token');
        if (token === 'unsure') return response.writeHead(503).end();
        const active = token === 'good' || token === 'foreign';
        const username = token === 'good' ? 'alice' : 'bob';
        return response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ active, username }));
      });
    });
    await new Promise<void>((resolve) => judge.listen(0, '127.0.0.1', resolve));
    const { port } = judge.address() as AddressInfo;
    dovecot = await startDovecot({
      users: { alice: 'secret', bob: 'secret' },
      tokens: { url: `http://127.0.0.1:${port}/`, clientId: 'dovecot', clientSecret: 'dovecot' },
    });
    dovecot.deliver('alice', [MAIL]);
  });
  after(async () => {
    await dovecot.stop();
    await new Promise((resolve) => judge.close(resolve));
    spool.remove();
  });

  for (const auth of ['xoauth2', 'oauthbearer'] as const) {
    const open = async (secret: string) =>
      await openTestSession({ port: dovecot.port, spoolDir: spool.path, settings: { auth }, secret });

    test(`${auth}: a good token`, async () => {
      const session = await open('good');
      const { messages } = await session.list();
      for await (const { source } of session.retrieve(messages)) assert.deepEqual(source, MAIL);
      await session.quit();
      assert.equal(messages.length, 1);
    });

    for (const [name, token] of [
      ['refused', 'old'],
      ['of somebody else', 'foreign'],
    ] as const) {
      test(`${auth}: a token that is ${name}`, async () => {
        await assert.rejects(open(token), (error) => {
          assert.ok(error instanceof MailError);
          assert.deepEqual(
            [error.code, error.reason, error.serverLine],
            ['needs-sign-in', 'oauth-refused', '-ERR [AUTH] Authentication failed.'],
          );
          return true;
        });
      });
    }

    test(`${auth}: a provider that cannot be asked is no refusal`, async () => {
      await assert.rejects(
        open('unsure'),
        (error) => error instanceof MailError && error.code === 'server-error',
      );
    });
  }
});
