import { MailError } from '../../common/errors.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import { describeProblem } from '../../common/error-texts/problem.ts';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import type { RouteTest } from '../context.ts';
import { SessionError } from '../transport/smtp-error.ts';
import { openSession } from '../transport/smtp-session.ts';
import type { TransportOptions } from '../transport/send-by-hop.ts';
import { hopOfSmarthost } from './next-hop.ts';

/** Somebody waits for the answer on a screen. */
const TEST_TIMEOUTS = { connect: 10_000, greeting: 15_000, idle: 15_000 };

/** Connects, encrypts and signs in at an account's smarthost, and leaves. Never throws for what the host does. */
export async function testSmarthost(
  smtp: SmtpSettings,
  secret: string | null,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<RouteTest> {
  const { login } = hopOfSmarthost(smtp, secret);
  const { host, port, tls } = smtp;
  try {
    const session = await openSession(
      { host, port, tls, login },
      {
        connect: async (signal) =>
          await options.guard.connect(host, port, 'mail', { timeoutMs: TEST_TIMEOUTS.connect, signal }),
        name: options.name,
        timeouts: TEST_TIMEOUTS,
        signal,
      },
    );
    session.close();
    return { ok: true, error: null, tls: session.tls };
  } catch (error) {
    return { ok: false, error: explain(error), tls: null };
  }
}

function explain(error: unknown): RouteTest['error'] {
  if (error instanceof SessionError) {
    const { reason, serverLine } = error.refusal;
    // While settings are typed in, a refused password is a wrong one, not one that has stopped working.
    const code = reason === 'needs-sign-in' ? 'auth-failed' : reason;
    return { code, message: describeError({ code }, 'en').message, serverLine };
  }
  if (error instanceof MailError) {
    return describeProblem(error);
  }
  throw error;
}
