import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { z } from 'zod';
import { makeAuthority } from '../harness/certificate.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import {
  runValija,
  startSystem,
  type CommandOptions,
  type CommandResult,
  type System,
} from '../harness/system.ts';
import { makeEnv } from '../harness/server-process.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { runAtTerminal } from '../harness/terminal.ts';
import { startUnbound } from '../harness/unbound.ts';

const ANA = { user: 'ana', password: 'la contraseña de Ana' };

/** Whole Valija with a DNS and a mail provider of its own: `example.test` at pop.example.test, found by SRV. */
export interface AccountsPlace {
  system: System;
  dovecot: Dovecot;
  /** File with the password of ana@example.test. */
  passwordFile: string;
  run: (args: string[], options?: CommandOptions) => Promise<CommandResult>;
  /** The same at a terminal, with answers to its questions. */
  type: (args: string[], answers: [question: RegExp, answer: string][]) => ReturnType<typeof runAtTerminal>;
  /** Runs a command as Ana, demands exit 0 and the contract's shape. */
  ana: <T extends z.ZodType>(shape: T, args: string[], options?: CommandOptions) => Promise<z.infer<T>>;
}

export async function makeAccountsPlace(t: TestContext): Promise<AccountsPlace> {
  const temp = makeTempDir('accounts');
  t.after(temp.remove);
  const authority = makeAuthority(temp.path);
  const certificate = authority.issue(['pop.example.test', 'mail.hoster.test']);
  const users = { 'ana@example.test': 'secret-a', 'ana@hosted.test': 'secret-a' };
  const dovecot = await startDovecot({ users, certificate });
  t.after(async () => await dovecot.stop());
  const dns = await startUnbound([
    `_pop3s._tcp.example.test. SRV 0 0 ${dovecot.tlsPort} pop.example.test.`,
    'pop.example.test. A 127.0.0.1',
    `_pop3s._tcp.hosted.test. SRV 0 0 ${dovecot.tlsPort} mail.hoster.test.`,
    'mail.hoster.test. A 127.0.0.1',
  ]);
  t.after(async () => await dns.stop());
  const env = { VALIJA_DNS: `${dns.host}:${dns.port}`, NODE_EXTRA_CA_CERTS: authority.certFile };
  const system = await startSystem({ mode: 'start', env });
  t.after(async () => await system.kill());
  const passwordFile = join(temp.path, 'a');
  writeFileSync(passwordFile, 'secret-a\n');
  const run = async (args: string[], options?: CommandOptions): Promise<CommandResult> =>
    await runValija(system, args, { ...ANA, ...options });
  assert.equal((await run(['register'])).code, 0);
  return {
    system,
    dovecot,
    passwordFile,
    run,
    type: async (args, answers) => {
      const as = { VALIJA_USER: ANA.user, VALIJA_PASSWORD: ANA.password };
      return await runAtTerminal(
        args,
        makeEnv({ VALIJA_SERVER: system.ready.profile ?? '', ...as }),
        answers,
      );
    },
    ana: async (shape, args, options) => {
      const result = await run(args, options);
      assert.equal(result.code, 0, `valija ${args.join(' ')}: ${result.stderr}\n${system.log()}`);
      return shape.parse(result.json);
    },
  };
}
