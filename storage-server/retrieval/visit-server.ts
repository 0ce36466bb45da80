import { MailError } from '../../common/errors.ts';
import type { Clock } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import {
  blamePipelining,
  doubtsCapabilities,
  judgeRepetition,
  startLearning,
  type Blame,
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
 * with less of it, at most twice: what is durable already is not retrieved again, and a password that was refused is never sent a second time.
 */
export async function visitServer(
  core: { db: Database; clock: Clock },
  options: VisitOptions,
): Promise<MailError | null> {
  const { server, signal } = options;
  let known = await readServer(core.db.read, server, core.clock.now());
  let outcome = await goThere(core, options, known);
  let blame = blameFor(known, outcome);
  while (blame !== null && !signal.aborted) {
    if (mustWait(options, known, outcome)) {
      await keepLockstep(core, server, blame);
      break;
    }
    const first = outcome;
    known = { capabilities: null, lockstep: blame.level };
    outcome = await goThere(core, options, known);
    const next = blameFor(known, outcome);
    if (next === null) {
      const length = judgeRepetition(first.error!, outcome.error, blame.length);
      if (length > 0) await keepLockstep(core, server, { level: blame.level, length });
    }
    blame = next;
  }
  if (outcome.thrown !== null) throw outcome.thrown;
  return outcome.error;
}

/** From `no` over `sign-in` to `all`: in lockstep there is nothing left to blame. */
function blameFor(known: KnownServer, { error, learned }: Outcome): Blame | null {
  return error === null || known.lockstep === 'all' ? null : blamePipelining(error, learned);
}

function mustWait({ loginGap }: VisitOptions, known: KnownServer, { learned }: Outcome): boolean {
  return loginGap || ((learned.capabilities ?? known.capabilities)?.loginDelay ?? 0) > 0;
}

interface Outcome {
  learned: Learned;
  error: MailError | null;
  thrown: MailError | null;
}

async function goThere(
  core: { db: Database; clock: Clock },
  options: VisitOptions,
  known: KnownServer,
): Promise<Outcome> {
  const learned = startLearning();
  let outcome: Outcome;
  try {
    outcome = { learned, error: await options.visit({ known, learned }), thrown: null };
  } catch (thrown) {
    if (!(thrown instanceof MailError)) throw thrown;
    outcome = { learned, error: thrown, thrown };
  }
  await keepLearned(core, options.server, known, outcome);
  return outcome;
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
  { level, length }: Blame,
): Promise<void> {
  const until = core.clock.now() + length;
  await core.db.write(async (tx) => await saveLockstep(tx, server, level, until));
}
