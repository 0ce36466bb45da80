import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { ReceivedData } from '../../../smtp-relay/submission/wire/incoming-message.ts';
import { makeMemoryBudget } from '../../../smtp-relay/submission/wire/memory-budget.ts';
import { StrictServer } from '../../../smtp-relay/submission/wire/strict-server.ts';
import { openDialog } from '../../fakes/smtp-client.ts';

const SIZE = 20_000;
const budget = makeMemoryBudget(60_000);

/** The wire alone: who signs in and what becomes of mail is nobody's business here. */
describe('StrictServer', () => {
  const taken: string[] = [];
  const servers: StrictServer[] = [];
  let port: number;
  let strictPort: number;

  const start = async (authOptional: boolean): Promise<number> => {
    const accept = async (_session: unknown, data: ReceivedData): Promise<string> => {
      taken.push(Buffer.concat(data.pieces).toString());
      assert.equal(taken.at(-1)?.length, data.size);
      return `2.0.0 taken ${data.size}`;
    };
    const options = { authOptional, disableReverseLookup: true, hideSTARTTLS: true, logger: false } as const;
    const server = new StrictServer(options, { size: SIZE, budget, accept, refused: () => undefined });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    return (server.server.address() as AddressInfo).port;
  };
  const begin = async () => {
    const dialog = await openDialog(port);
    await dialog.say('EHLO x');
    await dialog.say('MAIL FROM:<a@x.test>');
    await dialog.say('RCPT TO:<b@x.test>');
    assert.match(await dialog.say('DATA'), /^354/);
    return dialog;
  };
  before(async () => {
    port = await start(true);
    strictPort = await start(false);
  });
  after(async () => {
    await Promise.all(
      servers.map(async (server) => await new Promise((resolve) => server.close(() => resolve(null)))),
    );
  });

  test('a thousand pipelined commands in one packet, and one in a thousand packets', async () => {
    const dialog = await openDialog(port);
    dialog.write('NOOP\r\n'.repeat(1000));
    for (let n = 0; n < 1000; n++) assert.match(await dialog.read(), /^250/);
    for (const byte of Buffer.from('NOOP\r\nHELP\r\n')) dialog.write(Buffer.of(byte));
    assert.match(await dialog.read(), /^250/);
    assert.match(await dialog.read(), /^214/);
    dialog.close();
  });

  for (const [name, bytes] of [
    ['a line that ends with LF', 'NOOP\n'],
    ['a CR inside a line', 'NOOP\rNOOP\r\n'],
    ['a line without end', 'x'.repeat(17_000)],
  ] as const) {
    test(`${name} ends the connection`, async () => {
      const dialog = await openDialog(port);
      dialog.write(bytes);
      assert.match(await dialog.read(), /^421 4\.5\.2 /);
      await assert.rejects(dialog.read());
    });
  }

  test('what is refused is answered after its end only, and what follows is a command again', async () => {
    const refused: [string, RegExp][] = [
      ['a\n.\n', /^554 5\.6\.0 bare LF/],
      ['a\r\n.\r', /^554 5\.6\.0 bare CR/],
      ['\0', /^554 5\.6\.0 NUL/],
      ['x'.repeat(999), /^554 5\.6\.0 line longer than 998/],
      [`${'x'.repeat(900)}\r\n`.repeat(30), /^552 5\.3\.4 message larger than 20000 bytes/],
    ];
    const before = taken.length;
    for (const [text, reply] of refused) {
      const dialog = await begin();
      dialog.write(`${text}MAIL FROM:<eve@x.test>\r\nRCPT TO:<b@x.test>\r\nDATA\r\n`);
      const answer = dialog.read();
      const early = await Promise.race([
        answer,
        new Promise((resolve) => setTimeout(resolve, 20, 'nothing')),
      ]);
      assert.equal(early, 'nothing', text.slice(0, 20));
      dialog.write('\r\n.\r\nNOOP\r\n');
      assert.match(await answer, reply);
      assert.match(await dialog.read(), /^250 OK/);
      dialog.close();
    }
    assert.equal(taken.length, before);
  });

  test('whoever never ends a message is cut off', async () => {
    const dialog = await begin();
    for (let sent = 0; sent < SIZE * 6; sent += 10_000) dialog.write(`${'y'.repeat(998)}\r\n`.repeat(10));
    assert.match(await dialog.read(), /^421 4\.5\.2 message without end/);
    await assert.rejects(dialog.read());
  });

  test('memory is given back, whether a message is taken, refused or left half', async () => {
    const line = `${'z'.repeat(98)}\r\n`;
    for (let round = 0; round < 10; round++) {
      const half = await begin();
      half.write(line.repeat(150));
      half.close();
      const whole = await begin();
      whole.write(line.repeat(150));
      assert.equal(await whole.say('.'), '250 2.0.0 taken 15000');
      whole.close();
    }
    const at = await Promise.all(Array.from({ length: 5 }, begin));
    for (const dialog of at) dialog.write(line.repeat(150));
    const answers = await Promise.all(at.map(async (dialog) => await dialog.say('.')));
    const busy = answers.filter((answer) => answer.startsWith('452 4.3.1 '));
    assert.ok(busy.length >= 1 && busy.length < 5, answers.join());
    for (const dialog of at) dialog.close();
    const last = await begin();
    last.write(line);
    assert.match(await last.say('.'), /^250/);
    last.close();
  });

  test('a message in the smallest pieces is kept whole', async () => {
    const dialog = await begin();
    const text = `A: b\r\n\r\n${'..\r\n'.repeat(50)}end\r\n`;
    for (const byte of Buffer.from(`${text}.\r\n`)) dialog.write(Buffer.of(byte));
    assert.match(await dialog.read(), /^250/);
    assert.equal(taken.at(-1), text.replaceAll('..', '.'));
    dialog.close();
  });

  test('whoever does not sign in within a minute has to go', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const [dialog, free] = [await openDialog(strictPort), await openDialog(port)];
    await dialog.say('EHLO x');
    t.mock.timers.tick(59_000);
    assert.match(await dialog.say('NOOP'), /^250/);
    const farewell = dialog.read();
    t.mock.timers.tick(1001);
    assert.match(await farewell, /^421 4\.7\.0 nobody signed in/);
    assert.match(await free.say('NOOP'), /^250/);
    free.close();
  });
});
