import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { HOUR } from '../../../common/time.ts';
import type { Result } from '../../../smtp-relay/result/result.ts';
import { missingComponent } from '../../harness/component.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../../harness/relay-sending.ts';
import { startSmtpSink } from '../../harness/smtp-sink.ts';
import { parseDsn, type ParsedDsn } from './parse-dsn.ts';

let sending: RelaySending;

before(async () => {
  sending = await startRelaySending();
});
after(async () => await sending?.stop());

interface Submission {
  from: string;
  /** Each with what follows it in RCPT. */
  to: string[];
  key: string;
  mailArguments?: string;
  header?: string;
}

/** Submits as a storage-server does, with what RFC 3461 adds. */
async function submit({ from, to, key, mailArguments = '', header = '' }: Submission): Promise<void> {
  const dialog = await sending.world.signIn(sending.relay);
  const steps = [
    `MAIL FROM:<${from}> ENVID=${key}${mailArguments}`,
    ...to.map(
      (one) => `RCPT TO:<${one.split(' ')[0]}>${one.includes(' ') ? one.slice(one.indexOf(' ')) : ''}`,
    ),
    'DATA',
  ];
  for (const step of steps) assert.match(await dialog.say(step), /^[23]/, step);
  dialog.write(`From: ${from}\r\nSubject: hello\r\n${header}\r\nthe body\r\n`);
  assert.match(await dialog.say('.'), /^250/);
  dialog.close();
}

/** The DSN of that key among results; null when there is none. */
function findDsn(results: readonly Result[]): Buffer | null {
  const dsns = results.filter((result) => result.kind === 'dsn');
  assert.ok(dsns.length <= 1, 'one DSN for all recipients');
  return dsns[0] === undefined ? null : Buffer.from(dsns[0].raw, 'base64');
}

async function takeDsn(key: string, results: number): Promise<ParsedDsn> {
  const dsn = findDsn(await sending.takeOf(key, results));
  assert.ok(dsn);
  const parsed = parseDsn(dsn);
  assert.deepEqual(parsed.defects, []);
  assert.deepEqual(
    [parsed.type, parsed.reportType, parsed.autoSubmitted],
    ['multipart/report', 'delivery-status', 'auto-replied'],
  );
  return parsed;
}

/** A next host that says `reply` to RCPT. */
async function refuseRecipients(reply: string, extensions: string[] = []): Promise<string> {
  const fake = await sending.startFake({
    extensions,
    script: (connection, verb) => verb === 'RCPT' && (connection.say(reply), true),
  });
  return await sending.addSender(fake.port);
}

describe('a DSN', { skip: missingComponent('smtp-sink') || missingComponent('python3') }, () => {
  test('tells of several recipients that smtp-sink refuses at RCPT', async (t) => {
    const sink = await startSmtpSink({ args: ['-f', 'RCPT'] });
    t.after(async () => await sink.stop());
    const from = await sending.addSender(sink.port);
    await submit({ from, to: ['a@x.test ORCPT=rfc822;a+2Bb@x.test', 'b@x.test'], key: 'rcpt' });
    const dsn = await takeDsn('rcpt', 3);
    const [mail, first, second] = dsn.report.groups;
    assert.equal(mail?.['Original-Envelope-Id'], 'rcpt');
    assert.match(mail?.['X-Valija-Queue-Id'] ?? '', /^queue_/);
    assert.deepEqual(
      [first?.['Original-Recipient'], first?.['Final-Recipient'], first?.['Action'], first?.['Status']],
      ['rfc822;a+b@x.test', 'rfc822;a@x.test', 'failed', '5.3.0'],
    );
    assert.equal(second?.['Final-Recipient'], 'rfc822;b@x.test');
    assert.match(second?.['Diagnostic-Code'] ?? '', /^smtp; ?500 5\.3\.0 Error: command failed$/);
    assert.equal(dsn.returned.type, 'text/rfc822-headers');
    assert.doesNotMatch(dsn.returned.text, /the body/);
    assert.equal(dsn.subject, 'Undelivered: hello');
  });

  test('gives all of the mail back with RET=FULL, here refused after its data', async (t) => {
    const sink = await startSmtpSink({ args: ['-f', '.'] });
    t.after(async () => await sink.stop());
    const from = await sending.addSender(sink.port);
    await submit({ from, to: ['a@x.test'], key: 'full', mailArguments: ' RET=FULL' });
    const dsn = await takeDsn('full', 2);
    assert.equal(dsn.returned.type, 'message/rfc822');
    assert.match(dsn.returned.text, /^Subject: hello\r?$[^]*\r?\n\r?\nthe body\r?\n$/m);
  });

  test('says once that it takes long, and at last that it failed', async () => {
    const from = await refuseRecipients('451 4.7.1 Greylisted');
    await submit({ from, to: ['late@x.test', 'never@x.test NOTIFY=FAILURE'], key: 'late' });
    assert.equal(findDsn(await sending.takeOf('late', 2)), null);
    await sending.restartLater(4 * HOUR);
    const dsn = await takeDsn('late', 3);
    assert.deepEqual(
      dsn.report.groups.slice(1).map((group) => [group['Final-Recipient'], group['Action'], group['Status']]),
      [['rfc822;late@x.test', 'delayed', '4.7.1']],
    );
    assert.ok(dsn.report.groups[1]?.['Will-Retry-Until']);
    assert.match(dsn.text, /451 4\.7\.1 Greylisted/);
    await sending.restartLater(4 * HOUR);
    assert.equal(findDsn(await sending.takeOf('late', 2)), null, 'not again');
    await sending.restartLater(5 * 24 * HOUR);
    const last = await takeDsn('late', 3);
    assert.deepEqual(
      last.report.groups.slice(1).map((group) => [group['Action'], group['Status']]),
      [
        ['failed', '5.7.1'],
        ['failed', '5.7.1'],
      ],
    );
  });

  test('of success goes out where it was asked for and the next host sends none', async () => {
    const plain = await sending.addSender((await sending.startFake({})).port);
    const capable = await sending.addSender((await sending.startFake({ extensions: ['DSN'] })).port);
    await submit({ from: plain, to: ['a@x.test NOTIFY=SUCCESS', 'b@x.test'], key: 'asked' });
    const dsn = await takeDsn('asked', 3);
    assert.deepEqual(
      dsn.report.groups.slice(1).map((group) => [group['Final-Recipient'], group['Action'], group['Status']]),
      [['rfc822;a@x.test', 'relayed', '2.0.0']],
    );
    await submit({ from: capable, to: ['a@x.test NOTIFY=SUCCESS'], key: 'passed' });
    assert.equal(findDsn(await sending.takeOf('passed', 1)), null);
  });

  test('speaks the user’s language, and UTF-8 in the forms of RFC 6533', async () => {
    const user = await sending.world.asUser();
    const { items } = await user.profile.read.query({ parts: ['preferences'] });
    const before = items.find((item) => item.id === 'language');
    await user.profile.change.mutate({
      part: 'preferences',
      id: 'language',
      base: before?.revision ?? null,
      value: 'es',
    });
    const from = await refuseRecipients('550 5.1.1 no such user', ['SMTPUTF8', '8BITMIME']);
    await submit({ from, to: ['josé@x.test'], key: 'utf8', mailArguments: ' SMTPUTF8' });
    const results = await sending.takeOf('utf8', 2);
    const raw = findDsn(results);
    assert.ok(raw);
    const dsn = parseDsn(raw);
    assert.equal(dsn.report.type, 'message/global-delivery-status');
    assert.equal(dsn.report.groups[1]?.['Final-Recipient'], 'utf-8;josé@x.test');
    assert.equal(dsn.subject, 'No entregado: hello');
    assert.match(dsn.text, /Esa dirección no existe allí\./);
    const { text } = await PostalMime.parse(raw);
    assert.match(text ?? '', /<josé@x\.test>\s+Esa dirección no existe allí\./);
  });

  test('is never sent for the answer of a program', async () => {
    const from = await refuseRecipients('550 5.7.1 no');
    await submit({ from, to: ['a@x.test'], key: 'auto', header: 'Auto-Submitted: auto-replied\r\n' });
    assert.equal(statusesOf(await sending.takeOf('auto', 1))[0]?.state, 'failed');
    await submit({ from, to: ['a@x.test'], key: 'after' });
    const results = await sending.take((found) =>
      found.some(({ kind, sendKey }) => kind === 'dsn' && sendKey === 'after'),
    );
    assert.ok(results.every(({ kind, sendKey }) => kind !== 'dsn' || sendKey === 'after'));
  });
});
