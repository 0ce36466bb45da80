import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AccountSettings, SmtpSettings } from '../../common/shapes/account.ts';
import type { Clock } from '../../common/time.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { startProfileServer, type ProfileServer } from '../../profile-server/server.ts';
import { loadPartKey, type PartKey } from '../../server-kit/auth/part-key.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { makeServiceLinks } from '../../server-kit/service-client.ts';
import { readSettings, type Settings } from '../../server-kit/settings.ts';
import type { Result } from '../../smtp-relay/result/result.ts';
import type { RelayRouter } from '../../smtp-relay/router.ts';
import { startSmtpRelay, type SmtpRelay } from '../../smtp-relay/server.ts';
import { encodePlain, openDialog, type SmtpDialog } from '../fakes/smtp-client.ts';
import { makeMovableClock, type MovableClock } from './movable-clock.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';
import { expectSession } from './expect-session.ts';

const PASSWORD = 'a long enough password 1';
const random = (size: number): Uint8Array => randomBytes(size);

/** A profile-server with one user, and the key of the storage-server that is his home. */
export interface RelayWorld {
  settings: Settings;
  clock: MovableClock;
  dataDir: string;
  profile: ProfileServer;
  homeKey: PartKey;
  homeId: string;
  user: string;
  /** The profile-server's API as the user, with a token that has not expired. */
  asUser(): Promise<ReturnType<typeof makeUserClient>>;
  /** The user's access token for the relay, which has to be running. */
  tokenForRelay(): Promise<string>;
  /** Adds an account (and with it an identity) that sends by our own way or by a smarthost; returns its id. */
  addAccount(email: string, smtp?: SmtpSettings, smtpPassword?: string): Promise<string>;
  /** A second user of the same home. */
  addUser(name: string): Promise<string>;
  /** What a relay is started with; its data directory is always the same. */
  relayOptions(): Promise<Parameters<typeof startSmtpRelay>[0]>;
  startRelay(): Promise<SmtpRelay>;
  /** The relay's API as the home calls it. */
  asHome(relay: { url: string; partId: string }): ReturnType<typeof createTRPCClient<RelayRouter>>;
  signIn(relay: { submission: { port: number }; partId: string }, user?: string): Promise<SmtpDialog>;
  stop(): Promise<void>;
}

/** `settings`: as in the environment without VALIJA_, such as RELAY_SMARTHOST. */
export async function startRelayWorld(given: Record<string, string> = {}): Promise<RelayWorld> {
  const directory = makeTempDir('relay-world');
  const clock = makeMovableClock();
  const ports = {
    profile: await findFreePort(),
    storage: await findFreePort(),
    submission: await findFreePort(),
    relay: await findFreePort(),
  };
  const values: Record<string, string> = { DATA: directory.path, ALLOW_NETWORKS: '127.0.0.0/8', ...given };
  const settings = readSettings((name) => values[name], ports);
  const common = { settings, clock, random, log: silentLogger };
  const profile = await startProfileServer({
    ...common,
    dataDir: join(directory.path, 'profile-server'),
    port: ports.profile,
    webRoot: null,
  });
  const open = makeUserClient(profile.url, null);
  const register = async (name: string) =>
    await expectSession(open.session.register.mutate({ name, password: PASSWORD }));
  const enrolAndRegister = async () => {
    const homeKey = await enrolHome(profile, join(directory.path, 'storage-server'), settings, clock);
    return { homeKey, homeId: homeKey.partId ?? '', first: await register('alice') };
  };
  const { homeKey, homeId, first } = await enrolAndRegister().catch(async (error: unknown) => {
    // Left listening, it would keep the test process alive.
    await profile.stop();
    throw error;
  });
  let signedIn = first;
  const refresh = async (): Promise<typeof signedIn> => {
    if (Date.parse(signedIn.tokensExpireAt) < clock.now() + 60_000 || signedIn.tokens.relay === null) {
      signedIn = await expectSession(open.session.signIn.mutate({ name: 'alice', password: PASSWORD }));
    }
    return signedIn;
  };
  const asUser: RelayWorld['asUser'] = async () =>
    makeUserClient(profile.url, (await refresh()).tokens.profile);
  const relayDir = join(directory.path, 'smtp-relay');

  const relayOptions: RelayWorld['relayOptions'] = async () => {
    const { partId } = await loadPartKey(relayDir, clock);
    return {
      ...common,
      dataDir: relayDir,
      port: ports.relay,
      profileUrl: profile.url,
      enrolCode: partId === null ? await profile.makeEnrolCode('smtp-relay') : null,
    };
  };
  return {
    settings,
    clock,
    dataDir: directory.path,
    profile,
    homeKey,
    homeId,
    user: signedIn.user.id,
    asUser,
    tokenForRelay: async () => (await refresh()).tokens.relay ?? '',
    addAccount: async (email, smtp, smtpPassword) => {
      const account = await (
        await asUser()
      ).account.add.mutate({
        settings: accountSettings(email, smtp ?? null),
        secrets: { pop3Password: 'pop3', ...(smtpPassword === undefined ? {} : { smtpPassword }) },
      });
      return account.id;
    },
    addUser: async (name) => (await register(name)).user.id,
    relayOptions,
    startRelay: async () => await startSmtpRelay(await relayOptions()),
    asHome: (relay) =>
      createTRPCClient<RelayRouter>({
        links: makeServiceLinks<RelayRouter>({ url: relay.url, audience: relay.partId, key: homeKey }),
      }),
    signIn: async (relay, user = signedIn.user.id) => {
      const dialog = await openDialog(relay.submission.port);
      await dialog.say('EHLO home.test');
      const plain = encodePlain(user, homeId, await homeKey.signServiceToken(relay.partId));
      const reply = await dialog.say(`AUTH PLAIN ${plain}`);
      if (!reply.startsWith('235')) throw new Error(reply);
      return dialog;
    },
    stop: async () => {
      await profile.stop();
      directory.remove();
    },
  };
}

/** The key of a storage-server that is known to the profile-server: the first is home of users who register. */
export async function enrolHome(
  profile: ProfileServer,
  dataDir: string,
  settings: Settings,
  clock: Clock,
): Promise<PartKey> {
  const key = await loadPartKey(dataDir, clock);
  const code = await profile.makeEnrolCode('storage-server');
  const { part } = await makeUserClient(profile.url, null).part.enrol.mutate({
    code,
    kind: 'storage-server',
    publicJwk: key.publicJwk as never,
  });
  await key.setPartId(part);
  const links = makeServiceLinks<ProfileRouter>({ url: profile.url, audience: 'profile', key });
  const client = createTRPCClient<ProfileRouter>({ links });
  await client.part.announce.mutate({ url: settings.storageUrl, submission: null });
  return key;
}

export function makeUserClient(url: string, token: string | null) {
  const { href, origin } = new URL('/trpc', url);
  const headers = token === null ? { origin } : { authorization: `Bearer ${token}` };
  return createTRPCClient<ProfileRouter>({ links: [httpLink({ url: href, headers })] });
}

function accountSettings(email: string, smtp: SmtpSettings | null): AccountSettings {
  return {
    email,
    name: 'Alice',
    pop3: { host: '127.0.0.1', port: 9, tls: 'none', user: email, auth: 'auto' },
    send: { way: smtp === null ? 'relay' : 'smarthost', smtp },
    keep: 'always',
    interval: 300,
    adaptive: false,
    paused: false,
    signedInOnly: false,
  };
}

/** Submits one mail on a signed-in dialog and returns the last reply. */
export async function sendMail(
  dialog: SmtpDialog,
  mail: { from: string; to: string[]; key?: string; message?: string | Buffer },
): Promise<string> {
  const envid = mail.key === undefined ? '' : ` ENVID=${mail.key}`;
  const utf8 = [mail.from, ...mail.to].some((address) => /[^ -~]/.test(address)) ? ' SMTPUTF8' : '';
  const steps = [
    `MAIL FROM:<${mail.from}>${envid}${utf8}`,
    ...mail.to.map((to) => `RCPT TO:<${to}>`),
    'DATA',
  ];
  for (const step of steps) {
    const reply = await dialog.say(step);
    if (!/^[23]/.test(reply)) return reply;
  }
  const text =
    mail.message ?? `From: ${mail.from}\r\nTo: ${mail.to.join(', ')}\r\nSubject: hello\r\n\r\nHello\r\n`;
  dialog.write(text);
  return await dialog.say('.');
}

/** Takes results of the home until `enough` of them are there; acknowledges what it took. */
export async function takeResults(
  home: ReturnType<RelayWorld['asHome']>,
  enough: (results: Result[]) => boolean,
  ack = 0,
): Promise<Result[]> {
  const taken: Result[] = [];
  let last = ack;
  // Asked for without waiting: what is acknowledged is named.
  let { outbox } = await home.result.claim.mutate({ outbox: null, ack: 0, wait: false });
  const deadline = AbortSignal.timeout(30_000);
  while (!enough(taken)) {
    const claim = { outbox, ack: last, wait: true };
    const answer = await home.result.claim.mutate(claim, { signal: deadline });
    const { results } = answer;
    outbox = answer.outbox;
    taken.push(...results);
    last = results.at(-1)?.seq ?? last;
  }
  return taken;
}

/** The profile-server's API as a part calls it. */
export function makePartClient(url: string, key: PartKey) {
  return createTRPCClient<ProfileRouter>({ links: makeServiceLinks({ url, audience: 'profile', key }) });
}
