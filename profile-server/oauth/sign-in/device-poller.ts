import { MINUTE, SECOND } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';
import { decideDeviceAsk, explainLate } from '../answer-rule.ts';
import { ASK_LIMIT, OAuthRefusal } from '../ask-provider.ts';
import { openBegin } from './begin-secrets.ts';
import { BEGIN_LIFE } from './begin-sign-in.ts';
import {
  claimAnswer,
  findNextAsk,
  listDueAsks,
  listOldBegins,
  moveAsk,
  removeBegin,
  type BeginRecord,
} from './begin-store.ts';
import { askDevice, explainSignIn } from '../exchange.ts';
import { failSignIn, finishSignIn } from './finish-sign-in.ts';
import { removeTokens } from '../token/keep-tokens.ts';
import { demandProvider } from '../provider/providers.ts';

const AT_ONCE = 20;
const SLOWEST = MINUTE;

/**
 * Asks for the tokens of device sign-ins while their users consent elsewhere, and deletes what nobody took. Any
 * profile-server may go on with what another began. The returned function stops it and waits for what is under way.
 */
export function startDevicePoller(server: ProfileContext): () => Promise<void> {
  const listener = server.hints.listen('device');
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      let wait = SLOWEST;
      try {
        await sweep(server);
        const due = await listDueAsks(server.db.read, server.clock.now(), AT_ONCE);
        await Promise.all(due.map(async (begin) => await askOnce(server, begin)));
        const next = await findNextAsk(server.db.read);
        if (next !== null) wait = Math.min(Math.max(next - server.clock.now(), 100), SLOWEST);
      } catch (error) {
        server.log.error('oauth.device-failed', { error });
      }
      await listener.next(wait, stop.signal);
    }
    listener.close();
  };
  const running = run();
  return async () => {
    stop.abort();
    await running;
  };
}

async function askOnce(server: ProfileContext, begin: BeginRecord): Promise<void> {
  const now = server.clock.now();
  const { interval_seconds: interval } = begin;
  // Claimed by moving it beyond the question's own limit: a process that dies meanwhile leaves it to the next.
  const claimed = now + interval * SECOND + ASK_LIMIT;
  if (!(await server.db.write(async (tx) => await moveAsk(tx, begin, { at: claimed, interval })))) return;
  if (begin.expires_at <= now) return await failSignIn(server, begin, explainLate(begin.provider));
  let name = begin.provider;
  const askAgain = async (seconds: number): Promise<void> => {
    const next = { at: server.clock.now() + seconds * SECOND, interval: seconds };
    await server.db.write(async (tx) => await moveAsk(tx, { id: begin.id, next_ask: claimed }, next));
  };
  try {
    const provider = await demandProvider(server, server.db.read, begin.provider);
    name = provider.name;
    const signal = AbortSignal.timeout(ASK_LIMIT);
    const { deviceCode = '' } = openBegin(server, begin);
    const issued = await askDevice({ guard: server.egress, provider, signal }, deviceCode);
    const mine = await server.db.write(async (tx) => await claimAnswer(tx, begin.id));
    if (mine) await finishSignIn(server, begin, provider, issued);
  } catch (error) {
    const next = error instanceof OAuthRefusal ? decideDeviceAsk(error.answer.error, interval) : 'end';
    if (next !== 'end') return await askAgain(next.again);
    const known = explainSignIn(error, name);
    // RFC 8628 3.5: who cannot be reached is asked less often, until the time is over.
    if (known.reason === 'oauth-unavailable') return await askAgain(Math.min(interval * 2, SLOWEST / SECOND));
    if (known.code === 'internal') server.log.error('oauth.device-failed', { error });
    await failSignIn(server, begin, known);
  }
}

/** Sign-ins whose time is over, and with them tokens without an account. */
async function sweep(server: ProfileContext): Promise<void> {
  const old = await listOldBegins(server.db.read, server.clock.now(), BEGIN_LIFE);
  if (old.length === 0) return;
  await server.db.write(async (tx) => {
    for (const id of old) {
      await removeTokens(tx, id);
      await removeBegin(tx, id);
    }
  });
}
