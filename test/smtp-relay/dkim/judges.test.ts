import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import { after, before, describe, test } from 'node:test';
import type { SmtpRelay } from '../../../smtp-relay/server.ts';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDkimJudges, type DkimJudges } from '../../harness/dkim-judges.ts';
import {
  makeUserClient,
  sendMail,
  startRelayWorld,
  takeResults,
  type RelayWorld,
} from '../../harness/relay.ts';
import { expectSession } from '../../harness/expect-session.ts';

const FROM = 'alice@own.test';
const skip =
  missingComponent('unbound', 'dkimverify', 'opendkim-testmsg') ||
  (process.getuid?.() === 0 ? false : 'only root may give the judges their DNS');

/** From a key made by an administrator to the mail as it left: others verify what we signed. */
describe('DKIM as python3-dkim and opendkim-tools see it', { skip }, () => {
  let next: FakeSmtp;
  let world: RelayWorld;
  let relay: SmtpRelay;
  let judges: DkimJudges;

  before(async () => {
    next = await startFakeSmtp({ extensions: ['8BITMIME', 'SMTPUTF8', 'PIPELINING'] });
    world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` });
    relay = await world.startRelay();
    await world.addAccount(FROM);
    const registered = await expectSession(
      makeUserClient(world.profile.url, null).session.register.mutate({
        name: 'admin',
        password: 'a long password 1',
        setupCode: world.profile.setupCode() ?? '',
      }),
    );
    const admin = makeUserClient(world.profile.url, registered.tokens.profile);
    const { keys } = await admin.dkim.make.mutate({ domain: 'Own.test', algorithms: ['rsa', 'ed25519'] });
    judges = await startDkimJudges(
      keys.map(({ record: { name, value } }) => {
        const strings = value.match(/.{1,250}/g) ?? [];
        return `${name}. TXT ${strings.map((text) => `"${text}"`).join(' ')}`;
      }),
    );
  });
  after(async () => {
    await relay?.stop();
    await world?.stop();
    await next?.close();
    await judges?.stop();
  });

  const head = `From: Alice <${FROM}>\r\nTo: bob@x.test\r\n`;
  const cases: [string, Buffer][] = [
    [
      'a plain one',
      Buffer.from(
        `${head}Subject: hello\r\n\r\nHello  \t Bob\r\n.dots\r\n..\r\n`.replaceAll('\r\n.', '\r\n..'),
      ),
    ],
    [
      '8 bit, with UTF-8 and Latin-1 in the body',
      Buffer.concat([
        Buffer.from(
          `${head}Subject: =?utf-8?q?se=C3=B1al?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nañ`,
        ),
        Buffer.from([0xe9, 0x0d, 0x0a]),
      ]),
    ],
    [
      '8 bit that nobody may rewrite',
      Buffer.concat([
        Buffer.from(`${head}Subject: signed\r\nMIME-Version: 1.0\r\n`),
        Buffer.from('Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\nse\u00f1al \r\n--x--\r\n'),
      ]),
    ],
    [
      'long and folded fields',
      Buffer.from(
        `${head}Subject: ${'word '.repeat(150)}\r\nReferences:${'\r\n <some-id@x.test>'.repeat(80)}\r\n\r\nx\r\n`,
      ),
    ],
    ['an empty body', Buffer.from(`${head}Subject: empty\r\n\r\n`)],
    ['empty lines at the end', Buffer.from(`${head}Subject: tail\r\n\r\nx \r\n\r\n \t\r\n\r\n`)],
  ];

  test('hold for every kind of mail, and for none that was changed', async () => {
    const dialog = await world.signIn(relay);
    for (const [name, message] of cases) {
      assert.match(await sendMail(dialog, { from: FROM, to: ['bob@x.test'], message }), /^250/, name);
    }
    dialog.close();
    await takeResults(world.asHome(relay), (found) => found.length >= cases.length);
    const raws = next.mails.map(({ raw }) => raw);
    // The one that may be rewritten is, before it is signed: no host on the way has to do it (RFC 6376 5.3).
    const kept = raws.filter((raw) => !isAscii(raw));
    assert.deepEqual(
      kept.map((raw) => /^Subject: (.*)$/m.exec(raw.toString())?.[1]),
      ['signed'],
    );
    const changed = raws.map((raw) =>
      Buffer.from(raw.toString('latin1').replace('To: bob', 'To: eve'), 'latin1'),
    );
    for (const raw of raws) assert.match(raw.toString(), /a=rsa-sha256[^]*a=ed25519-sha256/);
    const verdicts = await judges.python([...raws, ...changed]);
    assert.deepEqual(verdicts, [...raws.map(() => [true, true]), ...changed.map(() => [false, false])]);
    for (const raw of raws) {
      assert.deepEqual(await judges.opendkim(raw), { accepted: true, output: '' });
    }
    for (const raw of changed) assert.equal((await judges.opendkim(raw)).accepted, false);
    const [first = Buffer.alloc(0)] = raws;
    assert.equal((await judges.dkimverify(first, 0)).output, 'signature ok');
  });
});
