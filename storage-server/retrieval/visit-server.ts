import { MailError } from '../../common/errors.ts';
import type { Clock, Millis } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import {
  blamePipelining,
  doubtsCapabilities,
  judgeRepetition,
  startLearning,
  type KnownServer,
  type Learned,
} from '../pop3/known-server.ts';
import { readServer, saveCapabilities, saveLockstep, type ServerAddress } from './server-store.ts';

export interface Visit {
  known: KnownServer;
  learned: Learned;
}

export interface VisitOptions {
  server: ServerAddress;
  signal: AbortSignal;
  /** The provider wants time between two sign-ins: a repetition waits for the next poll. */
  loginGap: boolean;
  /** One session. Trouble is thrown or returned. */
  visit(server: Visit): Promise<MailError | null>;
}

/**
 * One session with what is known of its server; what it learns is kept for the next. Where pipelining seems to have broken it, it is repeated
 * once in lockstep: what is durable already is not retrieved again, and a password that was refused is never sent a second time.
 */
export async function visitServer(
  core: { db: Database; clock: Clock },
  options: VisitOptions,
): Promise<MailError | null> {
  const { server, signal } = options;
  const known = await readServer(core.db.read, server, core.clock.now());
  const first = await goThere(options, known);
  await keepLearned(core, server, known, first);
  const blame = first.error === null || known.lockstep ? 0 : blamePipelining(first.error, first.learned);
  if (blame === 0 || signal.aborted) return settle(first);
  const delay = (first.learned.capabilities ?? known.capabilities)?.loginDelay ?? 0;
  if (options.loginGap || delay > 0) {
    await keepLockstep(core, server, blame);
    return settle(first);
  }
  const again = { capabilities: first.learned.capabilities, lockstep: true };
  const second = await goThere(options, again);
  await keepLearned(core, server, again, second);
  const judged =
    second.thrown !== null && second.error === null ? 0 : judgeRepetition(first.error!, second.error, blame);
  if (judged > 0) await keepLockstep(core, server, judged);
  return settle(second);
}

interface Outcome {
  learned: Learned;
  error: MailError | null;
  thrown: unknown;
}

async function goThere(options: VisitOptions, known: KnownServer): Promise<Outcome> {
  const learned = startLearning();
  try {
    return { learned, error: await options.visit({ known, learned }), thrown: null };
  } catch (thrown) {
    return { learned, error: thrown instanceof MailError ? thrown : null, thrown };
  }
}

function settle({ error, thrown }: Outcome): MailError | null {
  if (thrown !== null) throw thrown;
  return error;
}

async function keepLearned(
  core: { db: Database; clock: Clock },
  server: ServerAddress,
  known: KnownServer,
  { learned, error }: Outcome,
): Promise<void> {
  const doubted = error !== null && doubtsCapabilities(error);
  const capabilities = doubted ? null : learned.capabilities;
  const forget = known.capabilities !== null && (doubted || learned.stale);
  if (capabilities === null && !forget) return;
  await core.db.write(async (tx) => await saveCapabilities(tx, server, capabilities, core.clock.now()));
}

async function keepLockstep(
  core: { db: Database; clock: Clock },
  server: ServerAddress,
  length: Millis,
): Promise<void> {
  await core.db.write(async (tx) => await saveLockstep(tx, server, core.clock.now() + length));
}
