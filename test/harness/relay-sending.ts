import assert from 'node:assert/strict';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { Result } from '../../smtp-relay/result/result.ts';
import type { SmtpRelay } from '../../smtp-relay/server.ts';
import type { SmtpDialog } from '../fakes/smtp-client.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../fakes/smtp-server.ts';
import { sendMail, startRelayWorld, takeResults, type RelayWorld } from './relay.ts';

/** A running relay whose user sends through smarthosts that tests make up. */
export interface RelaySending {
  world: RelayWorld;
  relay: SmtpRelay;
  /** A new account with that smarthost; returns its address. */
  addSender(port: number, change?: Partial<SmtpSettings>): Promise<string>;
  startFake(options: FakeSmtpOptions): Promise<FakeSmtp>;
  /** Sends and takes the results until `count` of that key are there. */
  sendAndTake(mail: { from: string; to: string[]; key: string }, count: number): Promise<Result[]>;
  /** The same for whoever has signed in with that dialogue. */
  sendBy(
    dialog: SmtpDialog,
    mail: { from: string; to: string[]; key: string },
    count: number,
  ): Promise<Result[]>;
  takeOf(key: string, count: number): Promise<Result[]>;
  /** Takes until `enough`; asking on acknowledges what was taken. */
  take(enough: (results: Result[]) => boolean): Promise<Result[]>;
  /** Time passes while the relay is off: what is due then is tried at its start. */
  restartLater(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startRelaySending(settings: Record<string, string> = {}): Promise<RelaySending> {
  const world = await startRelayWorld(settings);
  const fakes: FakeSmtp[] = [];
  let accounts = 0;
  let taken = 0;
  const sending: RelaySending = {
    world,
    relay: await world.startRelay(),
    addSender: async (port, change = {}) => {
      accounts += 1;
      const email = `sender${accounts}@own.test`;
      const smtp = { host: '127.0.0.1', port, tls: 'none', user: null, auth: 'none', ...change } as const;
      await world.addAccount(email, smtp, smtp.user === null ? undefined : 'smtp secret');
      return email;
    },
    startFake: async (options) => {
      const fake = await startFakeSmtp(options);
      fakes.push(fake);
      return fake;
    },
    sendAndTake: async (mail, count) => await sending.sendBy(await world.signIn(sending.relay), mail, count),
    sendBy: async (dialog, mail, count) => {
      assert.match(await sendMail(dialog, mail), /^250/);
      dialog.close();
      return await sending.takeOf(mail.key, count);
    },
    takeOf: async (key, count) => {
      const ofKey = (results: Result[]): Result[] => results.filter((result) => result.sendKey === key);
      return ofKey(await sending.take((results) => ofKey(results).length >= count));
    },
    take: async (enough) => {
      const results = await takeResults(world.asHome(sending.relay), enough, taken);
      taken = results.at(-1)?.seq ?? taken;
      return results;
    },
    restartLater: async (ms) => {
      await sending.relay.stop();
      world.clock.advance(ms);
      sending.relay = await world.startRelay();
    },
    stop: async () => {
      await sending.relay.stop();
      await world.stop();
      for (const fake of fakes) await fake.close();
    },
  };
  return sending;
}

export function statusesOf(results: readonly Result[]): RecipientStatus[] {
  return results.flatMap((result) => (result.kind === 'recipient' ? [result.recipient] : []));
}
