/**
 * Queue, routes, transport and submission of the relay in one process, without a profile-server; all mail goes to the
 * sink. Arguments: data directory, port of the sink, and what is asked of it: `bare` (whoever connects is admitted),
 * `auth` (TLS, and a storage-server's service token), `dkim` (bare, signed with RSA of 2048 bits).
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeId } from '../../common/ids.ts';
import { loadPartKey } from '../../server-kit/auth/part-key.ts';
import { verifyServiceToken } from '../../server-kit/auth/service-token.ts';
import type { Trust } from '../../server-kit/auth/trust.ts';
import { makeBell } from '../../server-kit/bell.ts';
import { openQueueDatabase } from '../../smtp-relay/queue/commit/queue-database.ts';
import { makeLogger } from '../../server-kit/log.ts';
import { readSettings } from '../../server-kit/settings.ts';
import { makeSigner } from '../../smtp-relay/dkim/sign.ts';
import { migrations } from '../../smtp-relay/migrations/migrations.ts';
import type { ProfileLink } from '../../smtp-relay/profile-link.ts';
import { startMailQueue } from '../../smtp-relay/queue/mail-queue.ts';
import { makeSendLimits } from '../../smtp-relay/submission/limit/send-limits.ts';
import type { Submitter } from '../../smtp-relay/submission/sign-in/submitter.ts';
import { startSubmission } from '../../smtp-relay/submission/submission-server.ts';
import { makeSuppressions } from '../../smtp-relay/suppression/suppressions.ts';
import { makeWayOut } from '../../smtp-relay/way-out.ts';
import { makeSelfSigned } from '../../test/harness/certificate.ts';

const RELAY = 'relay_bench';
const HOME = 'storage_bench';
const [dataDir = '', sinkPort = '', mode = ''] = process.argv.slice(2);
const values: Record<string, string> = {
  DATA: dataDir,
  RELAY_SMARTHOST: `smtp://127.0.0.1:${sinkPort}`,
  ALLOW_NETWORKS: '127.0.0.0/8',
};
const settings = readSettings((name) => values[name], { profile: 1, storage: 2, submission: 3, relay: 4 });
if (mode === 'dkim') {
  const folder = join(dataDir, 'dkim');
  mkdirSync(folder);
  const file = join(folder, 'bench.test.one.pem');
  execFileSync(
    'openssl',
    ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', file],
    {
      stdio: 'ignore',
    },
  );
}
// Written, as it would be, but to nowhere.
const nowhere = openSync(process.env['VALIJA_BENCH_LOG'] ?? '/dev/null', 'w');
const log = makeLogger((line) => writeSync(nowhere, `${line}\n`), 'info', Date.now);
const clock = { now: () => Date.now() };
const random = (size: number): Uint8Array => randomBytes(size);
const newId = (prefix: string): string => makeId(prefix, random);
const submitter: Submitter = { user: 'user_bench', part: HOME, appPassword: null };
const profile = {
  authoriseSender: async () => ({
    allowed: true,
    reason: null,
    account: null,
    identity: null,
    name: null,
    send: { way: 'relay', smtp: null },
    home: HOME,
  }),
} as unknown as ProfileLink;

const key = await loadPartKey(dataDir, clock);
await key.setPartId(HOME);
const findPart = async () => ({ publicJwk: key.publicJwk, kind: 'storage-server' as const });
const trust: Pick<Trust, 'authenticate' | 'onRevoked'> = {
  authenticate: async (bearer, address) => {
    const proven = await verifyServiceToken(bearer ?? '', { audience: RELAY, findPart, clock });
    return { kind: 'part', ...proven, address };
  },
  onRevoked: () => () => undefined,
};

const file = join(dataDir, 'queue.sqlite');
const { database, commit } = await openQueueDatabase({
  database: { engine: 'sqlite' },
  file,
  schema: 'relay',
  migrations,
  log,
});
const suppressions = makeSuppressions({ database, clock, log });
const way = makeWayOut({ settings, dataDir, clock, random, profile, database, suppressions, log });
const languageOf = async () => null;
const shared = {
  ...way,
  suppressions,
  languageOf,
  database,
  commit,
  clock,
  log,
  bell: makeBell(),
  makeId: newId,
};
const queue = await startMailQueue({ ...shared, owner: RELAY });
const submission = await startSubmission({
  ...shared,
  profile,
  trust: trust as Trust,
  tls: mode === 'auth' ? makeSelfSigned(dataDir, ['localhost']) : null,
  host: '127.0.0.1',
  port: 0,
  operatorSmarthost: true,
  checkSender: async () => null,
  limits: makeSendLimits({ database, clock, log, perHour: 1_000_000_000 }),
  sign: makeSigner(way.findKey, log),
  enqueue: async (mail) => await queue.enqueue(mail),
  ...(mode === 'auth' ? {} : { admit: () => submitter }),
});
console.log(JSON.stringify({ port: submission.port, token: await key.signServiceToken(RELAY) }));
process.once('SIGTERM', () => {
  void submission
    .stop()
    .then(async () => await queue.stop())
    .then(async () => await database.close())
    .then(() => process.exit(0));
});
