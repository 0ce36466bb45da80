import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { QueueItem } from '../../common/shapes/queue.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import * as queue from '../command/contract-queue.ts';
import { addAccount } from '../harness/add-account.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startFarm, type Farm } from '../harness/farm.ts';
import { startMariadb, type Mariadb } from '../harness/mariadb.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runValija, type CommandOptions, type Credentials } from '../harness/system.ts';

const ANA: Credentials = { user: 'ana', password: 'a traveller since 2026' };
const BEA: Credentials = { user: 'bea', password: 'a librarian since 2026' };
const missing =
  missingComponent('dovecot') || missingComponent('mariadbd') || missingComponent('smtp-sink') || false;

interface Row {
  id: string;
  subject: string;
  snippet: string;
}

describe('two homes and two relays on one queue', { skip: missing, timeout: 180_000 }, () => {
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let mariadb: Mariadb;
  let farm: Farm;
  const homes: string[] = [];
  const carried = new Set<string>();

  before(async () => {
    [dovecot, sink, mariadb] = await Promise.all([
      startDovecot({ users: { ana: 'maildrop', bea: 'maildrop' } }),
      startSmtpSink(),
      startMariadb(),
    ]);
    farm = await startFarm({
      VALIJA_ALLOW_NETWORKS: '127.0.0.0/8',
      VALIJA_REGISTRATION: 'invite',
      VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}`,
    });
    const shared = { VALIJA_DATABASE: mariadb.url('farm') };
    await Promise.all([
      farm.serve('smtp-relay', 'relay-1', shared),
      farm.serve('smtp-relay', 'relay-2', shared),
      farm.serve('storage-server', 'storage-1'),
      farm.serve('storage-server', 'storage-2'),
    ]);
  });
  after(async () => {
    await farm?.stop();
    await mariadb?.stop();
    await sink?.stop();
    await dovecot?.stop();
  });

  const run = async <Value>(
    who: Credentials,
    args: string[],
    options: CommandOptions = {},
  ): Promise<Value> => {
    const done = await runValija(farm, args, { ...who, ...options });
    assert.equal(done.code, 0, `${args.join(' ')}: ${done.stderr}\n${farm.log()}`);
    return done.json as Value;
  };
  const send = async (who: Credentials, to: string, subject: string): Promise<SendStatus> =>
    await run(who, ['send', '--from', `${who.user}@uni.test`, '--to', to, '--subject', subject], {
      input: `A letter about ${subject}`,
    });
  const waitFor = async (who: Credentials, mail: string, state: string): Promise<SendStatus> => {
    for (;;) {
      const status = await run<SendStatus>(who, ['status', mail]);
      if (status.state === state) return status;
      assert.notEqual(status.state, 'failed', JSON.stringify(status));
    }
  };
  /** What the next host took goes into the recipients' maildrops, as their providers would do it. */
  const carry = (): void => {
    for (const mail of sink.mails().filter(({ message }) => !carried.has(message))) {
      carried.add(mail.message);
      for (const to of mail.to) {
        const [, name = ''] = /<(\w+)@uni\.test>/.exec(to) ?? [];
        if (name !== '')
          dovecot.deliver(name, [Buffer.from(mail.message.replaceAll('\n', '\r\n'), 'latin1')]);
      }
    }
  };
  const receive = async (who: Credentials, subject: string): Promise<Row> => {
    carry();
    await run(who, ['check']);
    const { mails } = await run<{ mails: Row[] }>(who, ['list']);
    const found = mails.find((mail) => mail.subject === subject);
    assert.ok(found, `${subject} in ${JSON.stringify(mails)}`);
    return found;
  };

  test('an administrator says which home a new user gets', async () => {
    const { parts } = await run<{ parts: { id: string; kind: string }[] }>(farm.admin, ['part', 'list']);
    const storages = parts.filter(({ kind }) => kind === 'storage-server');
    for (const [index, who] of [ANA, BEA].entries()) {
      const { code } = await run<{ code: string }>(farm.admin, [
        'invite',
        '--home',
        storages[index]?.id ?? '',
      ]);
      await run(who, ['register', '--invite', code]);
      homes.push(await homeOf(who));
    }
    assert.equal(new Set(homes).size, 2, 'each on a server of its own');
  });

  test('the whole journey for a user of each home, and mail from one to the other', async () => {
    await Promise.all(
      [ANA, BEA].map(async (who) => {
        dovecot.deliver(who.user, [
          Buffer.from(`From: x@uni.test\r\nSubject: for ${who.user}\r\n\r\nhello\r\n`),
        ]);
        const maildrop = { port: dovecot.port, name: who.user, password: 'maildrop' };
        await addAccount(farm, who, maildrop, ['--send', 'relay']);
        const mail = await receive(who, `for ${who.user}`);
        const shown = await run<{ text: string }>(who, ['show', mail.id]);
        assert.match(shown.text, /hello/);
      }),
    );
    const page = await fetch(farm.ready.web ?? farm.ready.profile ?? '');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const home of homes) assert.ok(policy.includes(home), `${policy} lets clients reach ${home}`);

    const sent = await Promise.all([
      send(ANA, 'bea@uni.test', 'from Ana to Bea'),
      send(BEA, 'ana@uni.test', 'from Bea to Ana'),
    ]);
    const states = await Promise.all([waitFor(ANA, sent[0].id, 'sent'), waitFor(BEA, sent[1].id, 'sent')]);
    for (const { recipients } of states) {
      assert.deepEqual(
        recipients.map(({ state, code, attempts }) => [state, code, attempts]),
        [['accepted', 250, 1]],
      );
    }
    const got = await receive(BEA, 'from Ana to Bea');
    const text = (await run<{ text: string }>(BEA, ['show', got.id])).text;
    assert.match(text, /A letter about from Ana to Bea/);
    await receive(ANA, 'from Bea to Ana');
    assert.equal(sink.mails().length, 2);
  });

  test('one id finds all that happened to a mail in the logs of three servers, and nothing private', async () => {
    const { accounts } = await run<{ accounts: { id: string }[] }>(BEA, ['account', 'list']);
    const smarthost = [
      '--smtp-host',
      '127.0.0.1',
      '--smtp-port',
      String(sink.port),
      '--smtp-tls',
      'none',
      '--smtp-auth',
      'none',
    ];
    const [account] = accounts;
    assert.ok(account);
    await run(BEA, ['account', 'edit', account.id, '--send', 'smarthost', ...smarthost]);
    const sent = await send(BEA, 'ana@uni.test', 'Confidential');
    await waitFor(BEA, sent.id, 'sent');
    const servers = [...farm.processes.values()];
    const handed = servers.flatMap((running) => running.grepLog(`"mail":"${sent.id}"`));
    const queueId = String(handed.find((line) => line['event'] === 'send.taken')?.['queueId']);
    const events = servers.flatMap((running) => running.grepLog(queueId));
    const told = (event: string) => events.find((line) => line['event'] === event) ?? assert.fail(event);
    assert.deepEqual(
      new Set(events.map((line) => line['event'])),
      new Set([
        'submission.accepted',
        'mail.queued',
        'credential.opened',
        'delivery.tried',
        'send.taken',
        'result.taken',
      ]),
    );
    const accepted = told('submission.accepted');
    assert.deepEqual(
      [accepted['recipients'], accepted['app'], typeof accepted['session']],
      [1, null, 'string'],
    );
    const tried = told('delivery.tried');
    assert.deepEqual(
      [tried['state'], tried['code'], tried['domain'], tried['host'], tried['attempt'], typeof tried['ms']],
      ['accepted', 250, 'uni.test', '127.0.0.1', 1, 'number'],
    );
    assert.equal(told('send.taken')['mail'], sent.id);
    assert.equal(told('result.taken')['state'], 'accepted');
    for (const running of servers) {
      assert.deepEqual(running.grepLog('@uni.test'), [], 'no address');
      assert.deepEqual(running.grepLog('Confidential'), [], 'no subject');
    }
    carry();
  });

  test('mail of a killed relay leaves by the other, once, and its sender hears of it', async () => {
    const pause = ['relay', 'pause', '--all', '--reason', 'maintenance'];
    const paused = queue.relayStatus.parse(await run(farm.admin, pause));
    assert.deepEqual(
      paused.pauses.map(({ scope, reason, waiting }) => [scope, reason, waiting]),
      [['all', 'maintenance', 0]],
    );
    // Every relay knows of a pause within two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const before = sink.mails().length;
    const sent = await send(ANA, 'bea@uni.test', 'of the killed relay');
    let item: QueueItem | undefined;
    while (item === undefined) {
      [item] = (await run<{ items: QueueItem[] }>(farm.admin, ['queue', 'list'])).items;
    }
    const { recipients } = queue.queueShow.parse(await run(ANA, ['queue', 'show', item.id]));
    assert.deepEqual(
      recipients.map(({ state, paused: isPaused }) => [state, isPaused]),
      [['queued', true]],
    );
    for (const [action, state] of [
      ['hold', 'held'],
      ['release', 'queued'],
    ] as const) {
      const done = queue.queueChange.parse(await run(ANA, ['queue', action, item.id]));
      assert.deepEqual(done, { changed: 1, trying: 0 });
      await waitFor(ANA, sent.id, state);
    }
    const text = await runValija(farm, ['queue', 'show', item.id], { ...farm.admin, text: true });
    assert.match(text.stdout, /bea@uni\.test {2}queued {2}paused.*\n.* held +ana\b.*\n.* released +ana\b/);
    assert.match(text.stdout, /^User +ana$/m, 'by name, not by id');
    const foreign = await runValija(farm, ['queue', 'cancel', item.id], BEA);
    assert.equal(foreign.error?.code, 'not-found');
    const holder = findHolder(item.id);
    await farm.kill(holder);
    // The profile-server has noticed that it is gone and tells clients of the other.
    await new Promise((resolve) => setTimeout(resolve, 3500));
    assert.equal(sink.mails().length, before, 'nothing left while all was paused');
    await run(farm.admin, ['relay', 'resume', '--all']);
    await waitFor(ANA, sent.id, 'sent');
    await receive(BEA, 'of the killed relay');
    assert.equal(sink.mails().length, before + 1);
    await farm.serve('smtp-relay', holder);
  });

  test('a killed home leaves the users of the other alone, and its own find their mail when it is back', async () => {
    const lost = findStorage(await homeOf(ANA));
    await farm.kill(lost);
    const refused = await runValija(farm, ['list'], ANA);
    assert.deepEqual([refused.code, refused.error?.code], [1, 'unavailable']);
    dovecot.deliver('bea', [Buffer.from('From: x@uni.test\r\nSubject: meanwhile\r\n\r\nhello\r\n')]);
    const mail = await receive(BEA, 'meanwhile');
    const sent = await send(BEA, 'ana@uni.test', 'while Ana’s home is gone');
    await waitFor(BEA, sent.id, 'sent');
    assert.match((await run<Row>(BEA, ['show', mail.id])).subject, /meanwhile/);
    await farm.serve('storage-server', lost);
    await receive(ANA, 'while Ana’s home is gone');
    const { mails } = await run<{ mails: Row[] }>(ANA, ['list', '--mailbox', 'sent']);
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['of the killed relay', 'from Ana to Bea'],
    );
  });

  test('a server that is gone for good is shut out, and the others go on', async () => {
    await farm.kill('relay-1');
    const list = async (): Promise<{ id: string; kind: string; url: string | null; state: string }[]> =>
      (await run<{ parts: Awaited<ReturnType<typeof list>> }>(farm.admin, ['part', 'list'])).parts;
    const relays = (await list()).filter(({ kind }) => kind === 'smtp-relay');
    assert.deepEqual(
      relays.map(({ state }) => state),
      ['active', 'active'],
    );
    const gone = relays.find(({ url }) => url !== farm.processes.get('relay-2')?.ready.relay);
    assert.deepEqual(await run(farm.admin, ['part', 'shut-out', gone?.id ?? '']), { shutOut: gone?.id });
    assert.equal((await list()).find(({ id }) => id === gone?.id)?.state, 'shut-out');
    const sent = await send(BEA, 'bea@uni.test', 'by the relay that is left');
    await waitFor(BEA, sent.id, 'sent');
  });

  function findHolder(queueId: string): string {
    const relays = [...farm.processes].filter(([name]) => name.startsWith('relay'));
    const holder = relays.find(([, running]) => running.log().includes(queueId));
    assert.ok(holder, `${queueId} in no log:\n${farm.log()}`);
    return holder[0];
  }

  function findStorage(url: string | undefined): string {
    const storages = [...farm.processes].filter(([name]) => name.startsWith('storage'));
    const found = storages.find(([, running]) => running.ready.storage === url);
    assert.ok(found, url);
    return found[0];
  }

  async function homeOf(who: Credentials): Promise<string> {
    return (await run<{ home: string }>(who, ['whoami'])).home;
  }
});
