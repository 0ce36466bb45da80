import assert from 'node:assert/strict';
import { MailError } from '../../../common/errors.ts';
import type { Revocation } from '../../../server-kit/auth/revocation.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { NewMail } from '../../../smtp-relay/queue/queued-mail.ts';
import { startSubmission, type SubmissionServer } from '../../../smtp-relay/submission/submission-server.ts';
import { encodePlain, openDialog, type SmtpDialog } from '../../fakes/smtp-client.ts';
import { makeAuthority, type Authority } from '../../harness/certificate.ts';
import { findFreePort } from '../../harness/ports.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { noLimits } from './no-limits.ts';

export const FROM = 'alice@own.test';
export const APP_PASSWORD = 'app password';
/** As the storage-server of user_a. */
export const AUTH = `AUTH PLAIN ${encodePlain('user_a', 'storage_a', 'token')}`;

/** Submission as it is beyond loopback, with a certificate; what it asks of others is made up. */
export interface TlsRig {
  server: SubmissionServer;
  /** TLS begins at once there. */
  securePort: number;
  authority: Authority;
  queued: NewMail[];
  /** What may be changed while it runs. */
  world: { profileIsAway: boolean; trustIsBlind: boolean; later: number };
  /** Tells of it as the profile-server does. */
  revoke(kind: Revocation['kind'], id: string): void;
  /** A connection after STARTTLS and EHLO. */
  openSecure(): Promise<SmtpDialog>;
  stop(): Promise<void>;
}

const NO_ROUTE = {
  account: null,
  identity: null,
  name: null,
  email: null,
  send: null,
  reason: null,
  decidedBy: null,
  language: null,
};

export async function startTlsRig(): Promise<TlsRig> {
  const directory = makeTempDir('submission-tls');
  const authority = makeAuthority(directory.path);
  const listeners: ((revocation: Revocation) => void)[] = [];
  const queued: NewMail[] = [];
  const world = { profileIsAway: false, trustIsBlind: false, later: 0 };
  const securePort = await findFreePort();
  const server = await startSubmission({
    host: '0.0.0.0',
    port: 0,
    implicitTlsPort: securePort,
    tls: authority.issue(['relay.test']),
    trust: {
      authenticate: async (_bearer, address) => {
        if (world.trustIsBlind) throw new MailError('unavailable', 'x', { reason: 'cannot-check-session' });
        return { kind: 'part', part: 'storage_a', partKind: 'storage-server', address };
      },
      isLive: () => true,
      onRevoked: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
      stop: async () => undefined,
    },
    profile: {
      checkAppPassword: async ({ login, password }) => {
        if (password !== APP_PASSWORD) throw new MailError('sign-in-failed', 'x');
        return { user: login, home: 'storage_a', appPassword: 'app_1' };
      },
      authoriseSender: async () => {
        if (world.profileIsAway) throw new MailError('unavailable', 'away');
        return { ...NO_ROUTE, allowed: true, home: 'storage_a' };
      },
    },
    limits: noLimits,
    log: silentLogger,
    clock: { now: () => Date.now() + world.later },
    makeId: (prefix) => `${prefix}_1`,
    name: 'relay.test',
    operatorSmarthost: false,
    sign: async (_from, message) => message,
    checkSender: async () => null,
    enqueue: async (mail) => {
      queued.push(mail);
      return { id: mail.id, added: true };
    },
  });
  return {
    server,
    securePort,
    authority,
    queued,
    world,
    revoke: (kind, id) => {
      for (const listener of listeners) listener({ kind, id, at: Date.now() });
    },
    openSecure: async () => {
      const dialog = await openDialog(server.port);
      await dialog.say('EHLO x');
      assert.match(await dialog.say('STARTTLS'), /^220/);
      await dialog.startTls({ servername: 'relay.test', ca: authority.cert });
      await dialog.say('EHLO x');
      return dialog;
    },
    stop: async () => {
      await server.stop();
      directory.remove();
    },
  };
}
