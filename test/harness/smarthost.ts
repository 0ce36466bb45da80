import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { startDovecot } from './dovecot.ts';
import { startPostfix } from './postfix.ts';

/** What one SMTP session with Postfix was used for, as its log says. */
export interface LoggedSession {
  /** Who was signed in, once for each mail. */
  users: string[];
  mechanisms: string[];
  ended: boolean;
}

export interface Smarthost {
  port: number;
  sessions(): LoggedSession[];
  stop(): Promise<void>;
}

/**
 * A provider's submission server: Postfix, STARTTLS only, who may send is known to Dovecot: `users` by password,
 * `tokens` (token to user) by XOAUTH2 or OAUTHBEARER. It hands all mail to `next`. Needs root, postfix and dovecot.
 */
export async function startSmarthost(
  next: { port: number },
  who: { users: Record<string, string>; tokens: Record<string, string>; certificate: Certificate },
): Promise<Smarthost> {
  const provider = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const username = who.tokens[new URLSearchParams(body).get('token') ?? ''];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(username === undefined ? { active: false } : { active: true, username }));
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const address = provider.address();
  const introspection = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const dovecot = await startDovecot({
    users: who.users,
    tokens: { url: `http://127.0.0.1:${introspection}/`, clientId: 'dovecot', clientSecret: 'secret' },
    extra: 'service auth {\n  unix_listener sasl {\n    mode = 0666\n  }\n}\n',
  });
  // Postfix comes to the socket as a user of its own.
  chmodSync(dovecot.dir, 0o755);
  const { certFile, keyFile } = who.certificate;
  const postfix = await startPostfix(next, [
    'smtpd_sasl_auth_enable = yes',
    'smtpd_sasl_type = dovecot',
    `smtpd_sasl_path = ${join(dovecot.dir, 'run', 'sasl')}`,
    'smtpd_sasl_security_options = noanonymous',
    'smtpd_tls_security_level = encrypt',
    `smtpd_tls_chain_files = ${keyFile}, ${certFile}`,
    'smtpd_relay_restrictions = permit_sasl_authenticated, reject',
    'mynetworks =',
    'smtp_tls_security_level = none',
  ]);
  return {
    port: postfix.port,
    sessions: () => readSessions(postfix.readLog()),
    stop: async () => {
      postfix.stop();
      await dovecot.stop();
      provider.close();
    },
  };
}

/** Sessions in the order of their mails; one process of Postfix serves one after the other. */
function readSessions(log: string): LoggedSession[] {
  const open = new Map<string, LoggedSession>();
  const all: LoggedSession[] = [];
  for (const line of log.split('\n')) {
    const [, pid = '', what = ''] = /smtpd\[(\d+)\]: (.*)$/.exec(line) ?? [];
    if (what.startsWith('connect from')) {
      const session: LoggedSession = { users: [], mechanisms: [], ended: false };
      open.set(pid, session);
      all.push(session);
    }
    const session = open.get(pid);
    const signedIn = /sasl_method=(\S+), sasl_username=(\S+)/.exec(what);
    if (signedIn !== null) {
      session?.mechanisms.push(signedIn[1] ?? '');
      session?.users.push(signedIn[2] ?? '');
    }
    if (what.startsWith('disconnect from') && session !== undefined) {
      session.ended = true;
      open.delete(pid);
    }
  }
  // Whoever only looked whether it listens said nothing.
  return all.filter(({ users }) => users.length > 0);
}
