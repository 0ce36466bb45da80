import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { encodePlain, openDialog } from '../../fakes/smtp-client.ts';
import { missingComponent } from '../../harness/component.ts';
import { runSwaks } from '../../harness/swaks.ts';
import { APP_PASSWORD, AUTH, FROM, startTlsRig, type TlsRig } from './tls-rig.ts';

describe('submission by users’ own programs', { skip: missingComponent('openssl', 'swaks') }, () => {
  let rig: TlsRig;
  before(async () => {
    rig = await startTlsRig();
  });
  after(async () => await rig?.stop());

  const swaks = async (port: number, args: string[], password = APP_PASSWORD) =>
    await runSwaks(port, [
      ...`--from ${FROM} --to b@x.test,c@y.test --ehlo pc.test --body one\\n.two\\n..three`.split(' '),
      ...`--auth-user alice --tls-ca-path ${rig.authority.certFile} --tls-verify --tls-sni relay.test`.split(
        ' ',
      ),
      '--auth-password',
      password,
      ...args,
    ]);
  const ways: [string, () => number, string[]][] = [
    ['STARTTLS, AUTH PLAIN', () => rig.server.port, ['--tls', '--auth', 'PLAIN']],
    ['STARTTLS, AUTH LOGIN, pipelined', () => rig.server.port, ['--tls', '--auth', 'LOGIN', '--pipeline']],
    ['TLS at once, AUTH PLAIN, pipelined', () => rig.securePort, ['--tlsc', '--auth', 'PLAIN', '--pipeline']],
    ['TLS at once, AUTH LOGIN', () => rig.securePort, ['--tlsc', '--auth', 'LOGIN']],
  ];
  for (const [name, port, args] of ways) {
    test(`swaks by ${name}`, async () => {
      const before = rig.queued.length;
      const { code, said } = await swaks(port(), args);
      assert.equal(code, 0, said);
      assert.equal(rig.queued.length, before + 1);
      const mail = rig.queued.at(-1)!;
      assert.deepEqual(
        [mail.user, mail.home, mail.copy, mail.sendKey, mail.mailFrom],
        ['alice', 'storage_a', true, mail.id, FROM],
      );
      assert.deepEqual(
        mail.recipients.map(({ address }) => address),
        ['b@x.test', 'c@y.test'],
      );
      assert.match(mail.body.toString(), /\r\n\r\none\r\n\.two\r\n\.\.three\r\n/);
    });
  }

  test('a wrong password or somebody else’s name is refused', async () => {
    const wrong = await swaks(rig.server.port, ['--tls', '--auth', 'LOGIN'], 'wrong');
    assert.equal(wrong.code, 28, wrong.said);
    assert.match(wrong.said, /535 5\.7\.8/);
    const dialog = await rig.openSecure();
    const plain = encodePlain('user_b', 'user_a', APP_PASSWORD);
    assert.match(await dialog.say(`AUTH PLAIN ${plain}`), /^535 5\.7\.8/);
    dialog.close();
  });

  const signIn = async () => {
    const dialog = await rig.openSecure();
    assert.match(await dialog.say(`AUTH PLAIN ${encodePlain('', 'alice', APP_PASSWORD)}`), /^235/);
    return dialog;
  };

  test('what they ask of the way is kept with the mail; their ENVID names no send key', async () => {
    const dialog = await signIn();
    const asked = 'REQUIRETLS RET=HDRS ENVID=fwd_1+2B2 SMTPUTF8 BODY=8BITMIME';
    assert.match(await dialog.say(`MAIL FROM:<${FROM}> ${asked}`), /^250/);
    const notify = 'NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Bc@x.test';
    assert.match(await dialog.say(`RCPT TO:<böb@x.test> ${notify}`), /^250/);
    assert.match(await dialog.say('DATA'), /^354/);
    dialog.write(`From: ${FROM}\r\nTLS-Required: No\r\n\r\nñ\r\n`);
    assert.match(await dialog.say('.'), /^250/);
    const mail = rig.queued.at(-1)!;
    const { requireTls, tlsOptional, dsn, utf8, eightBit, sendKey } = mail;
    assert.deepEqual(
      { requireTls, tlsOptional, dsn, utf8, eightBit },
      {
        requireTls: true,
        tlsOptional: false,
        dsn: { ret: 'HDRS', envid: 'fwd_1+2' },
        utf8: true,
        eightBit: true,
      },
    );
    assert.equal(sendKey, mail.id);
    assert.deepEqual(
      [mail.recipients[0]?.notify, mail.recipients[0]?.original],
      ['SUCCESS,DELAY', 'rfc822;b+2Bc@x.test'],
    );
    dialog.close();
  });

  test('a header in UTF-8 is known also where nobody said so', async () => {
    const dialog = await signIn();
    for (const [subject, utf8] of [
      ['año', true],
      ['ano', false],
    ] as const) {
      for (const step of [`MAIL FROM:<${FROM}>`, 'RCPT TO:<b@x.test>', 'DATA'])
        assert.match(await dialog.say(step), /^[23]/);
      dialog.write(`From: ${FROM}\r\nSubject: ${subject}\r\n\r\nñ\r\n`);
      assert.match(await dialog.say('.'), /^250/);
      assert.equal(rig.queued.at(-1)?.utf8, utf8, subject);
    }
    dialog.close();
  });

  test('parameters that make no sense are refused, and addresses beyond ASCII without SMTPUTF8', async () => {
    const dialog = await signIn();
    for (const bad of ['RET=SOME', 'REQUIRETLS=1', 'BODY=BINARYMIME', 'SIZE=x', 'ENVID=a ENVID=b']) {
      assert.match(await dialog.say(`MAIL FROM:<${FROM}> ${bad}`), /^501 5\.5\.4/, bad);
    }
    assert.match(await dialog.say('MAIL FROM:<älice@own.test>'), /^553 5\.6\.7/);
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^250/);
    assert.match(await dialog.say('RCPT TO:<böb@x.test>'), /^553 5\.6\.7/);
    for (const bad of ['NOTIFY=NEVER,DELAY', 'NOTIFY=SOMETIMES', 'ORCPT=x']) {
      assert.match(await dialog.say(`RCPT TO:<b@x.test> ${bad}`), /^501 5\.5\.4/, bad);
    }
    dialog.close();
    const clear = await openDialog(rig.server.port);
    assert.doesNotMatch(await clear.say('EHLO x'), /REQUIRETLS/);
    clear.close();
    const secure = await openDialog(rig.server.port);
    await secure.say('EHLO x');
    await secure.say('STARTTLS');
    await secure.startTls({ servername: 'relay.test', ca: rig.authority.cert });
    assert.match(await secure.say('EHLO x'), /^250[ -]REQUIRETLS\r?$/m);
    secure.close();
  });

  test('several mails in one session, cut into packets anywhere, keep every byte', async () => {
    const dialog = await signIn();
    const before = rig.queued.length;
    const text = `From: ${FROM}\r\nMessage-ID: <1@own.test>\r\nDate: x\r\n\r\n..a\r\n...\r\nb.\r\n.\r\n`;
    const commands = `MAIL FROM:<${FROM}>\r\nRCPT TO:<b@x.test>\r\nDATA\r\n${text}`;
    const bytes = Buffer.from(commands.repeat(3));
    for (let at = 0; at < bytes.length; at += 7) dialog.write(bytes.subarray(at, at + 7));
    for (const start of Array.from({ length: 3 }, () => ['250', '250', '354', '250 2.0.0 queued']).flat()) {
      const reply = await dialog.read();
      assert.ok(reply.startsWith(start), `${start}: ${reply}`);
    }
    for (const mail of rig.queued.slice(before)) {
      assert.ok(mail.body.toString().endsWith('Date: x\r\n\r\n.a\r\n..\r\nb.\r\n'), mail.body.toString());
    }
    assert.equal(rig.queued.length, before + 3);
    dialog.close();
  });

  test('lines that end with LF alone are no commands', async () => {
    const dialog = await signIn();
    dialog.write('NOOP\n');
    assert.match(await dialog.read(), /^421 4\.5\.2 lines end with CRLF/);
    await assert.rejects(dialog.read());
  });

  test('an app password that is taken back ends its sessions, and no other', async () => {
    const [gone, other] = [await signIn(), await rig.openSecure()];
    await other.say(AUTH);
    const farewell = gone.read();
    rig.revoke('session', 'app_1');
    assert.match(await farewell, /^421 4\.7\.0/);
    assert.match(await other.say('NOOP'), /^250/);
    other.close();
  });
});
