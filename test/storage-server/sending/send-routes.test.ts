import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { makeSendRoutes } from '../../../storage-server/sending/send-routes.ts';

test('a sender that goes away in the middle is no error of ours', async (t) => {
  const [route] = makeSendRoutes({
    sendRaw: async (_user, { body }) => assert.fail(`taken: ${await text(body)}`),
  });
  const server = createServer();
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const failed = new Promise<unknown>((resolve) => {
    server.once('request', (req, res) => {
      const url = new URL('http://localhost/send');
      const session = {
        user: 'user_1',
        session: 's',
        admin: false,
        lab: false,
        labSaves: [],
        address: '',
        expiresAt: 0,
      };
      const match = /^.*$/.exec('/send')!;
      route!.handle({ req, res, url, match, caller: { kind: 'user', ...session } }).catch(resolve);
      req.once('data', () => client.destroy());
    });
  });
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write(
    'POST /send HTTP/1.1\r\nHost: x\r\nContent-Type: message/rfc822\r\nContent-Length: 99\r\n\r\nFrom: a',
  );
  const error = await failed;
  assert(error instanceof MailError);
  assert.equal(error.code, 'dropped');
});
