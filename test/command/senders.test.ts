import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DomainView } from '../../command/domain/domain-view.ts';
import type { SenderState } from '../../common/shapes/sender.ts';
import { routeExplain } from './contract-queue.ts';
import { addAccount } from '../harness/add-account.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runValija, startSystem, type CommandOptions, type System } from '../harness/system.ts';

const ANA = { user: 'ana', password: 'a long password of ana 1' };

/** Where senders have to prove their addresses, by the command line. */
describe('who may send as what', { skip: missingComponent('smtp-sink', 'dovecot') }, () => {
  let sink: SmtpSink;
  let maildrop: Dovecot;
  let system: System;

  before(async () => {
    [sink, maildrop] = await Promise.all([
      startSmtpSink(),
      startDovecot({ users: { ana: 'secret', other: 'secret' } }),
    ]);
    system = await startSystem({
      mode: 'start',
      env: {
        VALIJA_SENDERS: 'verified',
        VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}`,
        // Nobody listens there: no answer refuses nobody.
        VALIJA_DNS: '127.0.0.1:9',
      },
    });
    assert.equal((await runValija(system, ['register'], ANA)).code, 0);
    for (const name of ['ana', 'other']) {
      await addAccount(system, ANA, { port: maildrop.port, name, password: 'secret' }, ['--no-test']);
    }
  });
  after(async () => {
    await system?.stop();
    await Promise.all([sink?.stop(), maildrop?.stop()]);
  });

  const valija = async (args: string[], options: CommandOptions = ANA): Promise<never> => {
    const { code, json, stderr } = await runValija(system, args, options);
    assert.equal(code, 0, stderr);
    return json as never;
  };
  const listSenders = async () => ((await valija(['sender', 'list'])) as { senders: SenderState[] }).senders;
  const stateOf = async (address: string) => (await listSenders()).find((one) => one.address === address);
  const send = async (from: string) =>
    await runValija(system, ['send', '--from', from, '--to', 'bob@far.test', '--subject', from], {
      ...ANA,
      input: 'Hello\n',
    });
  /** Until `look` finds something: between processes there is no event to wait for here. */
  const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
    const end = performance.now() + 20_000;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      assert.ok(performance.now() < end, `nothing came:\n${system.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const findCode = async (address: string): Promise<{ code: string; raw: string }> =>
    await until(async () => {
      const raw = sink.mails().find(({ to }) => to[0]?.includes(address))?.message ?? '';
      const code = /^X-Valija-Sender-Code: (\d{8})$/m.exec(raw)?.[1];
      return code === undefined ? null : { code, raw };
    });

  test('a code that is typed in proves an address; before it nothing leaves', async () => {
    const refused = await send('ana@uni.test');
    assert.deepEqual([refused.code, refused.error?.code], [1, 'route-refused']);
    assert.match(refused.error?.message ?? '', /ana@uni\.test/);
    assert.equal((await stateOf('ana@uni.test'))?.proof, 'needed');
    const sent: { sentTo: string } = await valija(['sender', 'verify', 'ana@uni.test']);
    assert.equal(sent.sentTo, 'ana@uni.test');
    const { code } = await findCode('ana@uni.test');
    const wrong = await runValija(system, ['sender', 'verify', 'ana@uni.test', '--code', '1'], ANA);
    assert.deepEqual([wrong.code, wrong.error?.code], [1, 'invalid']);
    const typed = `${code.slice(0, 4)} ${code.slice(4)}`;
    assert.deepEqual(await valija(['sender', 'verify', 'Ana@uni.test', '--code', typed]), {
      address: 'ana@uni.test',
      proven: true,
    });
    assert.equal((await send('ana@uni.test')).code, 0);
  });

  test('one that comes through the account’s own maildrop proves it by itself', async () => {
    await valija(['sender', 'verify', 'other@uni.test']);
    const { raw } = await findCode('other@uni.test');
    maildrop.deliver('other', [Buffer.from(raw.replaceAll('\n', '\r\n'))]);
    await valija(['check']);
    const state = await until(async () => {
      const found = await stateOf('other@uni.test');
      return found?.proof === 'proven' ? found : null;
    });
    assert.equal(state.how, 'mail');
    const text = await runValija(system, ['sender', 'list'], {
      ...ANA,
      text: true,
      env: { VALIJA_LANGUAGE: 'es' },
    });
    assert.match(text.stdout, /other@uni\.test .*demostrada por el correo recibido/);
  });

  test('an own domain is its users’, by any address', async () => {
    const admin = await system.makeAdmin();
    assert.equal((await send('sales@own.test')).error?.code, 'route-refused');
    const added: DomainView = await valija(['domain', 'add', 'Own.test', '--user', 'ana'], admin);
    assert.deepEqual(
      [added.domain, added.everybody, added.users.map(({ name }) => name), added.dkim],
      ['own.test', false, ['ana'], []],
    );
    const way = ['route', 'explain', '--from', 'sales@own.test', '--to', 'bob@far.test'];
    const explained = routeExplain.parse(await valija(way));
    assert.deepEqual([explained.allowed, explained.decidedBy], [true, 'domain']);
    const sent = await send('sales@own.test');
    assert.equal(sent.code, 0, sent.stderr);
    const mail = await until(
      async () => sink.mails().find(({ from }) => from.includes('sales@own.test')) ?? null,
    );
    assert.match(mail.message, /^From: .*sales@own\.test/m);
    const listed = await runValija(system, ['domain', 'list'], { ...admin, text: true });
    assert.match(listed.stdout, /^own\.test {2}ana {2}DMARC: –\n {2}no DKIM key/);
    const mine = await runValija(system, ['domain', 'list'], ANA);
    assert.equal(mine.error?.code, 'forbidden');
    assert.deepEqual(await valija(['domain', 'remove', 'own.test'], admin), { removed: 'own.test' });
    assert.equal((await send('sales@own.test')).error?.code, 'route-refused');
  });
});
