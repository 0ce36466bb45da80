import { SECOND } from '../../../common/time.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import type { Rule, RuleAction, RuleCondition } from '../../../common/shapes/rule.ts';
import { writeForm } from '../../../common/sieve/form/write-form.ts';
import { type Dovecot, startDovecot } from '../../harness/dovecot.ts';
import { type SinkMail, type SmtpSink, startSmtpSink } from '../../harness/smtp-sink.ts';
import { waitFor } from '../sending/post-office.ts';
import { type RealWorld, startRealWorld } from '../sending/real-world.ts';

/** Whole servers with one account on a real maildrop, and rules; what leaves ends in a real sink. */
export interface RuleWorld {
  real: RealWorld;
  dovecot: Dovecot;
  sink: SmtpSink;
  account: string;
  /** Adds a rule and waits until the home knows it; its id. */
  addRule(rule: Partial<Rule> & Pick<Rule, 'script'>): Promise<string>;
  /** Puts messages into the maildrop and collects them. */
  collect(...messages: string[]): Promise<void>;
  list(mailbox: string): Promise<MailRow[]>;
  find(mailbox: string, subject: string): Promise<MailRow | undefined>;
  /** What reached the sink for this recipient, when it is so many mails. */
  untilSent(recipient: string, count: number): Promise<SinkMail[]>;
  sentTo(recipient: string): SinkMail[];
  stop(): Promise<void>;
}

let positions = 0;

/** `next`: what leaves goes to this host instead of the sink. */
export async function startRuleWorld(next?: { host: string; port: number }): Promise<RuleWorld> {
  const sink = await startSmtpSink();
  const dovecot = await startDovecot({ users: { ana: 'secret' } });
  const to = next ?? sink;
  const real = await startRealWorld({ RELAY_SMARTHOST: `smtp://${to.host}:${to.port}` });
  const user = await real.world.asUser();
  const { id: account } = await user.account.add.mutate({
    settings: {
      email: 'ana@own.test',
      name: 'Ana Ñandú',
      pop3: { host: '127.0.0.1', port: dovecot.port, tls: 'none', user: 'ana', auth: 'auto' },
      send: { way: 'relay', smtp: null },
      keep: 'always',
      interval: 3600,
      adaptive: false,
      paused: false,
      signedInOnly: false,
    },
    secrets: { pop3Password: 'secret' },
  });
  const list = async (mailbox: string): Promise<MailRow[]> =>
    (await real.alice.mail.list.query({ mailbox, limit: 500 })).mails;
  const world: RuleWorld = {
    real,
    dovecot,
    sink,
    account,
    addRule: async (rule) => {
      const value = { name: `rule ${++positions}`, enabled: true, position: positions, ...rule };
      const change = { part: 'rules' as const, id: null, base: null, value };
      const { item } = await (await real.world.asUser()).profile.change.mutate(change);
      const { mailboxes } = await real.alice.mailbox.list.query();
      const trash = mailboxes.find(({ role }) => role === 'drafts')!.id;
      await waitFor(async () => {
        const selection = { where: { mailbox: trash } };
        return await real.alice.rules.run.mutate({ rules: [item.id], selection }).then(
          () => true,
          () => false,
        );
      });
      return item.id;
    },
    collect: async (...messages) => {
      dovecot.deliver(
        'ana',
        messages.map((message) => Buffer.from(message, 'latin1')),
      );
      const { accounts } = await real.alice.check.run.mutate({ account });
      if (accounts[0]?.error) throw new Error(JSON.stringify(accounts[0].error));
      if (accounts[0]?.new !== messages.length) throw new Error(`collected ${accounts[0]?.new}`);
    },
    list,
    find: async (mailbox, subject) => (await list(mailbox)).find((row) => row.subject === subject),
    sentTo: (recipient) => sink.mails().filter(({ to }) => to.some((one) => one.includes(`<${recipient}>`))),
    untilSent: async (recipient, count) => {
      await waitFor(async () => world.sentTo(recipient).length >= count);
      return world.sentTo(recipient);
    },
    stop: async () => {
      await real.stop();
      await dovecot.stop();
      await sink.stop();
    },
  };
  return world;
}

export function formScript(conditions: RuleCondition[], actions: RuleAction[]): string {
  return writeForm({ all: true, conditions, actions });
}

export function hasSubject(value: string): RuleCondition {
  return { test: 'subject', match: 'contains', not: false, value };
}

let messages = 0;

/** A message that arrived a moment ago; `fields` replace those of the same name. */
export function message(
  subject: string,
  change: { fields?: string[]; body?: string; ago?: number } = {},
): string {
  const at = new Date(Date.now() - (change.ago ?? 5 * SECOND)).toUTCString().replace('GMT', '+0000');
  messages += 1;
  const usual = [
    'Return-Path: <bob@far.test>',
    `Received: from far.test by own.test; ${at}`,
    'From: Bob <bob@far.test>',
    'To: ana@own.test',
    `Date: ${at}`,
    `Message-ID: <${messages}@far.test>`,
    `Subject: ${subject}`,
  ];
  const nameOf = (field: string): string => field.slice(0, field.indexOf(':')).toLowerCase();
  const own = change.fields ?? [];
  const kept = usual.filter((field) => !own.some((one) => nameOf(one) === nameOf(field)));
  return [...kept, ...own, '', change.body ?? 'Hello', ''].join('\r\n');
}
