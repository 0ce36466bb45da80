import { randomBytes } from 'node:crypto';
import type { createTRPCClient } from '@trpc/client';
import type { DraftContent } from '../../../common/shapes/draft.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import type { SendStatus } from '../../../common/shapes/status.ts';
import type { PartKey } from '../../../server-kit/auth/part-key.ts';
import type { Engine } from '../../../server-kit/database/database.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { RelayRouter } from '../../../smtp-relay/router.ts';
import { openLocalBlobStore } from '../../../storage-server/blob/local-blob-store.ts';
import type { StorageCore } from '../../../storage-server/context.ts';
import { makeEvents } from '../../../storage-server/event/events.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { makeMails } from '../../../storage-server/mail/make-mails.ts';
import { makeMailboxes } from '../../../storage-server/mailbox/mailboxes.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import type { LoopCore } from '../../../storage-server/sending/relay/loop.ts';
import type { Relay } from '../../../storage-server/sending/relay/relays.ts';
import { type Outbound, startOutbound } from '../../../storage-server/sending/start-outbound.ts';
import { type FakeSmtp, type FakeSmtpOptions, startFakeSmtp } from '../../fakes/smtp-server.ts';
import { startEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { ANA, IDENTITIES, makeOfficeHome } from './office-home.ts';

export { ANA, EVE } from './office-home.ts';

type Result = Awaited<ReturnType<Relay['api']['result']['claim']['mutate']>>['results'][number];

/** The store with real rows and blobs, a fake profile, and a fake relay that speaks SMTP and answers claims from `results`. */
export interface PostOffice {
  core: StorageCore;
  outbound: Outbound;
  smtp: FakeSmtp;
  clock: { at: number; now(): number };
  /** What the relay will tell at the next claims, in order. */
  report(result: DistributiveOmit<Result, 'seq' | 'queueId'> & { queueId?: string }): void;
  acks: number[];
  /** False: the relay is out of reach. */
  relayUp: boolean;
  allowed: boolean;
  relays: LoopCore['relays'];
  /** Ana's, as her profile has them now. */
  identities: Identity[];
  /** Ends this process' outbound and starts another on the same data, as after a crash. */
  restart(options?: Partial<Pick<LoopCore, 'crash'>>): Promise<void>;
  /** Waits until the mail's status is as wanted. */
  until(mail: string, wanted: (status: SendStatus) => boolean, user?: string): Promise<SendStatus>;
  stop(): Promise<void>;
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

export async function openPostOffice(engine: Engine, smtpOptions: FakeSmtpOptions = {}): Promise<PostOffice> {
  const database = await startEngine(engine);
  const directory = makeTempDir('post-office');
  const clock = { at: Date.now(), now: () => clock.at };
  const key = Buffer.alloc(32, 7);
  const db = await database.open(migrations);
  const blobs = await openLocalBlobStore({ dataDir: directory.path, key, log: silentLogger });
  const events = makeEvents();
  const home = makeOfficeHome(() => office.identities);
  const mailboxes = makeMailboxes({ db, home });
  const mails = makeMails({ db, blobs, events, home, mailboxes, ids: makeMailIds(key), clock });
  const smtp = await startFakeSmtp({
    login: { user: 'storage_1', password: 'token for relay_1', mechanisms: 'PLAIN' },
    extensions: ['8BITMIME', 'DSN'],
    ...smtpOptions,
  });
  const partKey: PartKey = {
    publicJwk: {},
    partId: 'storage_1',
    setPartId: async () => undefined,
    signServiceToken: async (audience) => `token for ${audience}`,
    signRetentionConfirmation: async () => 'none',
  };
  const core = {
    dataDir: directory.path,
    clock,
    random: (size: number) => randomBytes(size),
    log: silentLogger,
    db,
    blobs,
    references: [],
    mails,
    mailboxes,
    events,
    home,
    key: partKey,
  } as unknown as StorageCore;
  const results: Result[] = [];
  let ring = (): void => undefined;
  const claim = async (
    input: { ack: number },
    signal: AbortSignal | undefined,
  ): Promise<{ outbox: string; results: Result[] }> => {
    office.acks.push(input.ack);
    for (;;) {
      signal?.throwIfAborted();
      const fresh = results.filter((one) => one.seq > input.ack);
      if (fresh.length > 0) return { outbox: 'outbox_1', results: fresh };
      await new Promise<void>((resolve, reject) => {
        ring = resolve;
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      });
    }
  };
  const api = {
    result: {
      claim: {
        mutate: async (input: { ack: number }, options?: { signal?: AbortSignal }) =>
          await claim(input, options?.signal),
      },
    },
  } as unknown as ReturnType<typeof createTRPCClient<RelayRouter>>;
  const relays: LoopCore['relays'] = {
    list: async () =>
      office.relayUp
        ? [
            {
              id: 'relay_1',
              url: 'http://127.0.0.1:9',
              submission: { host: smtp.host, port: smtp.port, tls: false },
              api,
            },
          ]
        : [],
    explainRoute: async (_user, from, to) => ({
      from,
      to,
      allowed: office.allowed,
      reason: office.allowed ? null : 'dmarc-would-fail',
      remedy: null,
      params: {},
      route: null,
      dkim: null,
      dmarc: null,
      tlsPolicy: null,
      decidedBy: null,
    }),
    checkRoute: async (_user, from) => ({
      problems:
        office.allowed && office.identities.some(({ address }) => address === from.toLowerCase())
          ? []
          : [
              {
                code: 'route-refused',
                reason: office.allowed ? 'not-your-address' : 'dmarc-would-fail',
                remedy: null,
                severity: 'refuse',
                address: null,
                params: { from, domain: 'x.test' },
              },
            ],
    }),
  };
  const office: PostOffice = {
    core,
    outbound: await startOutbound(core, { relays: { ...relays, list: async () => [] } }),
    smtp,
    clock,
    report: (result) => {
      results.push({ queueId: null, ...result, seq: results.length + 1 } as Result);
      ring();
    },
    acks: [],
    relayUp: true,
    allowed: true,
    relays,
    identities: [...IDENTITIES],
    restart: async (options = {}) => {
      await office.outbound.stop();
      office.outbound = await startOutbound(core, { relays, ...options });
    },
    until: async (mail, wanted, user = ANA) => {
      // Every change of a status raises the modseq, and that is told by an event.
      const seen = { resolve: (): void => undefined };
      const stop = events.subscribe(user, () => seen.resolve());
      const limit = AbortSignal.timeout(20_000);
      try {
        for (;;) {
          const changed = new Promise<void>((resolve, reject) => {
            seen.resolve = resolve;
            limit.addEventListener('abort', () => reject(new Error('the status never came')));
          });
          changed.catch(() => undefined);
          const status = await office.outbound.sending.readStatus(user, mail);
          if (wanted(status)) return status;
          await changed;
        }
      } finally {
        stop();
      }
    },
    stop: async () => {
      await office.outbound.stop();
      await smtp.close();
      await blobs.close();
      await db.close();
      await database.stop();
      directory.remove();
    },
  };
  await office.restart();
  return office;
}

export function makeContent(change: Partial<DraftContent> = {}): DraftContent {
  return {
    identity: 'idn_work',
    from: null,
    to: [{ name: 'Bob', address: 'bob@y.test' }],
    cc: [],
    bcc: [],
    subject: 'Lunch',
    text: 'At noon?',
    html: null,
    inReplyTo: null,
    forwardOf: null,
    ...change,
  };
}

/** A mail as it came in, in Ana's Inbox; its id. */
export async function receive(office: PostOffice, source: string, user = ANA): Promise<string> {
  const [made] = await office.core.mails.ingestMails(user, [
    {
      account: 'acc_home',
      mailbox: 'mbx_inbox',
      source: Buffer.from(source.replaceAll('\n', '\r\n')),
      received: office.clock.now(),
      flags: [],
      sendKey: null,
    },
  ]);
  return made!.mailId;
}

export async function readRaw(office: PostOffice, mail: string, user = ANA): Promise<string> {
  const raw = await office.core.mails.openRaw(user, mail, null);
  const chunks: Buffer[] = [];
  for await (const chunk of raw.open(0, raw.size)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

export async function listRole(office: PostOffice, role: string, user = ANA) {
  return (await office.core.mails.readPage(user, { mailbox: role, account: null, limit: 100, after: null }))
    .mails;
}

/** For what no event tells of. */
export async function waitFor(check: () => Promise<boolean>): Promise<void> {
  const limit = AbortSignal.timeout(20_000);
  while (!(await check())) {
    limit.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Waits until the loop has written down what became of every mail that was due: what comes next begins with a quiet relay. */
export async function settle(office: PostOffice): Promise<void> {
  await waitFor(async () => {
    const busy = await office.core.db.read.get<{ n: number }>(
      "SELECT COUNT(*) AS n FROM send WHERE state = 'trying' OR (state = 'waiting' AND next_try <= ?)",
      [office.clock.now()],
    );
    return Number(busy?.n) === 0;
  });
}
