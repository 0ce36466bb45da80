import { DAY, HOUR } from '../../common/time.ts';
import type { UserMonth } from '../../common/shapes/use.ts';
import type { Account } from '../../common/shapes/account.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import { closeMonths, takeReport } from '../../profile-server/statistics/close-months.ts';
import { addPoll } from '../../profile-server/schedule/poll-store.ts';
import { addUser } from '../../profile-server/user/user-store.ts';
import { followNext, settleOver, type UseCore } from '../../storage-server/statistics/follow-use.ts';
import { reportUse } from '../../storage-server/statistics/report-use.ts';
import { changeSendState, insertSend, writeQueueId } from '../../storage-server/sending/send-store.ts';
import { makeRecipient, writeRecipient } from '../../storage-server/sending/status/recipient-store.ts';
import type { TestEngine } from '../harness/engines.ts';
import { incoming, startMailRig, type MailRig } from '../storage-server/mail-rig.ts';
import type { Person, PlannedMail } from './use-year-people.ts';

interface Step {
  at: number;
  person: Person;
  mail: PlannedMail;
  what: 'arrive' | 'read' | 'answer';
}

/** The real store of a home and the real tables of a profile-server; people act in the order of time. */
export interface YearRig {
  profile: Database;
  clock: { now(): number };
  /** Everything that people do before `end`; then the home reports, and the profile-server closes what is over. */
  liveUntil(end: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startYear(engine: TestEngine, people: readonly Person[]): Promise<YearRig> {
  const mails = await startMailRig(engine);
  const profile = await engine.open(migrations);
  const { clock } = mails;
  const server = { db: profile, clock, log: silentLogger };
  await seedProfile(profile, people);
  const core = makeUseCore(mails, people);
  const client = {
    statistics: {
      report: {
        mutate: async ({ months, holdings }: { months: UserMonth[]; holdings: never[] }) =>
          await takeReport(server, months, holdings),
      },
    },
  };
  const ids = new Map<string, string>();
  const steps = people.flatMap((person) => listSteps(person)).toSorted((a, b) => a.at - b.at);
  return {
    profile,
    clock,
    liveUntil: async (end) => {
      while (steps[0] !== undefined && steps[0].at < end) {
        const { at, person, mail, what } = steps.shift()!;
        clock.at = at;
        const key = `${person.id} ${mail.number}`;
        if (what === 'arrive') ids.set(key, await bring(mails, person, mail));
        else
          await mails.mails.flag(
            person.id,
            [ids.get(key) ?? ''],
            [what === 'read' ? 'seen' : 'answered'],
            [],
          );
        while (await followNext(core, person.id));
      }
      clock.at = end - HOUR;
      while ((await settleOver(core)) > 0);
      await reportUse({ db: mails.db, profile: client as never }, new AbortController().signal);
      clock.at = end;
      await closeMonths(server);
    },
    stop: async () => {
      await mails.stop();
      await profile.close();
    },
  };
}

function listSteps(person: Person): Step[] {
  return person.mails.flatMap((mail): Step[] => {
    const steps: Step[] = [{ at: mail.at, person, mail, what: 'arrive' }];
    if (mail.kind === 'sent') return steps;
    if (mail.readAt !== null) steps.push({ at: mail.readAt, person, mail, what: 'read' });
    if (mail.answeredAt !== null) steps.push({ at: mail.answeredAt, person, mail, what: 'answer' });
    return steps;
  });
}

async function bring(rig: MailRig, person: Person, mail: PlannedMail): Promise<string> {
  const isSent = mail.kind === 'sent';
  const [added] = await rig.mails.ingestMails(
    person.id,
    [
      incoming(write(mail), {
        account: isSent ? null : mail.account,
        mailbox: isSent ? 'mbx_sent' : 'mbx_inbox',
        received: mail.at,
        flags: isSent || mail.byRule ? ['seen'] : [],
        sendKey: isSent ? `key${mail.number}` : null,
      }),
    ],
    async (tx, [stored]) => {
      if (isSent) await noteSent(tx, person, mail, stored?.mailId ?? '');
    },
  );
  return added?.mailId ?? '';
}

async function noteSent(
  tx: Parameters<typeof insertSend>[0],
  person: Person,
  mail: PlannedMail,
  id: string,
): Promise<void> {
  const from = person.accounts.find((one) => one.id === mail.account)?.email ?? '';
  const sendKey = `key${mail.number}`;
  const route = mail.way === 'program' ? null : mail.way;
  await insertSend(tx, {
    user: person.id,
    mail: id,
    sendKey,
    clientKey: null,
    messageId: '',
    mailFrom: from,
    scheduled: false,
    dueAt: mail.at,
    answered: null,
    forwarded: null,
    createdAt: mail.at,
    recipients: ['to@example.org'],
  });
  const told = { ...makeRecipient('to@example.org'), state: 'accepted' as const, route };
  await writeRecipient(tx, person.id, id, told);
  await changeSendState(tx, person.id, id, ['waiting'], 'taken');
  await writeQueueId(tx, { user: person.id, mail: id }, mail.way === 'program' ? sendKey : `q${sendKey}`);
}

/** Exactly as long as planned. */
function write(mail: PlannedMail): string {
  const head = `From: a@example.com\r\nTo: b@example.org\r\nSubject: ${mail.number}\r\nDate: ${new Date(mail.at).toUTCString()}\r\nMessage-ID: <${mail.number}.${mail.at}@example.com>\r\n\r\n`;
  return head.padEnd(mail.size - 2, 'x').concat('\r\n');
}

function makeUseCore(rig: MailRig, people: readonly Person[]): UseCore {
  const { home } = rig.core;
  const byId = new Map(people.map((person) => [person.id, person]));
  return {
    ...rig.core,
    log: silentLogger,
    home: {
      ...home,
      readProfile: async (user) => {
        const person = byId.get(user);
        const accounts = (person?.accounts ?? []).map(({ id, host, email }) => ({
          id,
          email,
          pop3: { host },
        }));
        return {
          ...(await home.readProfile(user)),
          timeZone: person?.timeZone ?? null,
          accounts: accounts as unknown as Account[],
          identities: accounts.map(
            ({ id, email }) => ({ id: `idn_${id}`, account: id, address: email }) as never,
          ),
        };
      },
    },
  };
}

async function seedProfile(db: Database, people: readonly Person[]): Promise<void> {
  await db.write(async (tx) => {
    for (const { id, group, accounts } of people) {
      await addUser(tx, {
        id,
        name: id,
        name_key: id,
        password: '',
        admin: 0,
        disabled: 0,
        home: 'storage_a',
        revision: 0,
        data_key: Buffer.alloc(1),
        created_at: 0,
        group_id: group,
      });
      for (const account of accounts) {
        const poll = {
          account: account.id,
          user: id,
          home: 'storage_a',
          maildrop: account.id,
          host: account.host,
        };
        await addPoll(tx, { ...poll, least_seconds: 300, adaptive: 0, paused: 0, next_at: null });
      }
    }
  });
}

/** When a month of 2025 is closed, and a little more. */
export function endOfMonth(month: number): number {
  return Date.UTC(2025, month + 1, 1) + 9 * DAY + 1;
}
