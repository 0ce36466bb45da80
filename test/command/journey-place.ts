import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { z } from 'zod';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startMariadb } from '../harness/mariadb.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runValija, startSystem, type CommandOptions, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import * as contract from './contract.ts';

export const ANA = { user: 'ana', password: 'la contraseña de Ana' };
export const EVA = { user: 'eva', password: 'Evas langes Passwort' };

/** Whole Valija, a Dovecot with two maildrops and a next hop. */
export interface Place {
  system: System;
  dovecot: Dovecot;
  sink: SmtpSink;
  dir: string;
  /** Ana's first account, once it is added. */
  account: string;
  /** Runs a command as Ana, demands exit 0 and the contract's shape. */
  ana: <T extends z.ZodType>(shape: T, args: string[], options?: CommandOptions) => Promise<z.infer<T>>;
  /** Runs a command that has to fail; the code of its error. */
  refused: (args: string[], options?: CommandOptions) => Promise<string | undefined>;
}

export async function makePlace(
  t: TestContext,
  mode: 'start' | 'serve',
  database: 'sqlite' | 'mariadb',
): Promise<Place> {
  const temp = makeTempDir('journey');
  t.after(temp.remove);
  const dovecot = await startDovecot({ users: { ana: 'secret-a', work: 'secret-w' } });
  t.after(async () => await dovecot.stop());
  const sink = await startSmtpSink();
  t.after(async () => await sink.stop());
  const mariadb = database === 'mariadb' ? await startMariadb() : null;
  t.after(async () => await mariadb?.stop());
  const system = await startSystem({
    mode,
    ...(mariadb === null ? {} : { database: mariadb.url('journey') }),
    env: { VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}` },
  });
  t.after(async () => await system.kill());
  writeFileSync(join(temp.path, 'a'), 'secret-a\n');
  writeFileSync(join(temp.path, 'w'), 'secret-w');
  writeFileSync(join(temp.path, 'wrong'), 'wrong');
  return {
    system,
    dovecot,
    sink,
    dir: temp.path,
    account: '',
    ana: async (shape, args, options) => {
      const result = await runValija(system, args, { ...ANA, ...options });
      assert.equal(result.code, 0, `valija ${args.join(' ')}: ${result.stderr}\n${system.log()}`);
      return shape.parse(result.json);
    },
    refused: async (args, options) => {
      const result = await runValija(system, args, { ...ANA, ...options });
      assert.equal(result.code, 1, `valija ${args.join(' ')}: ${result.stderr}`);
      return contract.errorLine.parse({ error: result.error }).error.code;
    },
  };
}

/** The options of an account on the Dovecot; `file` names one of the password files. */
export function describePop3({ dovecot, dir }: Place, user: string, file: string): string[] {
  const pop3 = ['--pop3-host', '127.0.0.1', '--pop3-port', String(dovecot.port), '--pop3-tls', 'none'];
  return [...pop3, '--pop3-user', user, '--pop3-password-file', join(dir, file)];
}

/** Asks until the relay's results have come home; they come by a waiting call, so this is soon. */
export async function waitForState(
  { ana, system }: Place,
  id: string,
  state: string,
): Promise<z.infer<typeof contract.status>> {
  const until = Date.now() + 20_000;
  for (;;) {
    const status = await ana(contract.status, ['status', id]);
    if (status.state === state) return status;
    assert.ok(Date.now() < until, `${JSON.stringify(status)}\n${system.log()}`);
  }
}
