import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import type { DiscoveryCore } from '../../../storage-server/discovery/discover.ts';
import { makeDns } from '../../../storage-server/discovery/dns.ts';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { makeAuthority } from '../../harness/certificate.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { startUnbound } from '../../harness/unbound.ts';
import { makeConfig, POP3_SERVER } from './sample-config.ts';

/** Domains of the test, each with what only it has. */
const NAMES = [
  'pop.auto.test',
  'pop.known.test',
  'smtp.auto.test',
  'smtp.probe.test',
  'autoconfig.auto.test',
  'autoconfig.moved.test',
  'inner.private.test',
  'known.test',
  'mail.srv.test',
  'pop3.probe.test',
  'mx.elsewhere.test',
  'mail.hoster.test',
  ...['html', 'huge', 'laughs', 'private', 'plain', 'slow', 'loop'].map((name) => `autoconfig.${name}.test`),
];

function addConfig(host: string, port: number, socket = 'SSL', submissions = 465): string {
  const server = POP3_SERVER.replace('pop.%EMAILDOMAIN%', host).replace('995', String(port));
  return makeConfig(server.replace('SSL', socket)).replace(
    /SMTP\.example\.test(.*)587(.*)STARTTLS/,
    `smtp.auto.test$1${submissions}$2SSL`,
  );
}

/** DNS, HTTPS and POP3 of a small world, and discovery in it. */
export interface DiscoveryPlace {
  core: DiscoveryCore;
  /** With TLS, and its sessions. */
  dovecot: Dovecot;
  /** A Dovecot that has no encryption. */
  clear: Dovecot;
  /** Submission with TLS from the first byte, and with STARTTLS. */
  submissions: FakeSmtp;
  submission: FakeSmtp;
  /** Host and path of every request for a file. */
  asked: string[];
  stop(): Promise<void>;
}

export async function startDiscoveryPlace(): Promise<DiscoveryPlace> {
  const temp = makeTempDir('discovery');
  const asked: string[] = [];
  const authority = makeAuthority(temp.path);
  authority.trust();
  const certificate = authority.issue(NAMES);
  const dovecot = await startDovecot({ users: { ana: 'secret' }, certificate });
  const clear = await startDovecot({ users: {} });
  const login = { user: 'ana', password: 'secret' };
  const submissions = await startFakeSmtp({ certificate, login, implicitTls: true });
  const submission = await startFakeSmtp({ certificate, login });
  let https = 0;
  const answer: RequestListener = (req, res) => {
    const host = (req.headers.host ?? '').split(':')[0] ?? '';
    asked.push(`${host}${req.url}`);
    const send = (body: string, type = 'text/xml', status = 200): void =>
      void res.writeHead(status, { 'content-type': type }).end(body);
    if (host === 'autoconfig.auto.test')
      return send(addConfig('pop.auto.test', dovecot.tlsPort, 'SSL', submissions.port));
    if (host === 'inner.private.test') return send(addConfig('pop.auto.test', dovecot.tlsPort));
    if (host === 'known.test')
      return send(addConfig('pop.known.test', dovecot.tlsPort), 'application/xml; charset=utf-8');
    if (host === 'autoconfig.html.test') return send(addConfig('pop.auto.test', 995), 'text/html');
    if (host === 'autoconfig.huge.test') return send(`${makeConfig('')}${' '.repeat(100_000)}`);
    if (host === 'autoconfig.laughs.test')
      return send('<!DOCTYPE a [<!ENTITY b "c">]><clientConfig>&b;</clientConfig>');
    if (host === 'autoconfig.plain.test') return send(addConfig('pop.auto.test', 110, 'plain'));
    if (host === 'autoconfig.slow.test') return;
    const places: Record<string, string> = {
      'autoconfig.moved.test': `https://autoconfig.auto.test:${https}/mail/config-v1.1.xml`,
      'autoconfig.private.test': `https://inner.private.test:${https}/`,
      'autoconfig.loop.test': req.url ?? '/',
    };
    const place = places[host];
    if (place !== undefined) return void res.writeHead(302, { location: place }).end();
    send('nothing here', 'text/plain', 404);
  };
  const web = createServer({ cert: certificate.cert, key: certificate.key }, answer);
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  https = typeof address === 'object' && address !== null ? address.port : 0;
  const dns = await startUnbound([
    ...NAMES.map((name) => `${name}. A 127.0.0.1`),
    'customer.test. MX 20 alt1.aspmx.l.google.com.',
    'customer.test. MX 10 aspmx.l.google.com.',
    `_pop3._tcp.srv.test. SRV 0 0 ${dovecot.port} mail.srv.test.`,
    `_pop3s._tcp.srv.test. SRV 0 0 ${dovecot.tlsPort} mail.srv.test.`,
    `_submission._tcp.srv.test. SRV 0 0 ${submission.port} mail.srv.test.`,
    // What is named there takes POP3, no mail: it can never work.
    `_submissions._tcp.srv.test. SRV 0 0 ${dovecot.tlsPort} mail.srv.test.`,
    `_pop3s._tcp.hosted.test. SRV 0 0 ${dovecot.tlsPort} mail.hoster.test.`,
    '_pop3s._tcp.nopop.test. SRV 0 0 0 .',
    '_pop3._tcp.nopop.test. SRV 0 0 0 .',
    'pop.nopop.test. A 127.0.0.1',
    // A name that the certificate does not have, and one in a network that is not allowed.
    `_pop3s._tcp.badname.test. SRV 0 0 ${dovecot.tlsPort} other.badname.test.`,
    'other.badname.test. A 127.0.0.1',
    `_pop3s._tcp.inner.test. SRV 0 0 995 box.inner.test.`,
    'box.inner.test. A 10.0.0.1',
    // One address of two is private: without the guard the other would answer.
    'inner.private.test. A 169.254.169.254',
    'atmx.test. MX 10 mx.elsewhere.test.',
  ]);
  return {
    core: {
      egress: makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns }),
      dns: makeDns(dns),
      listChoices: async () => [],
      random: () => 0.5,
      ports: {
        https,
        implicit: dovecot.tlsPort,
        starttls: dovecot.port,
        submissions: submissions.port,
        submission: submission.port,
      },
      timeMs: 8000,
    },
    submissions,
    submission,
    dovecot,
    clear,
    asked,
    stop: async () => {
      web.closeAllConnections();
      web.close();
      await Promise.all([dns.stop(), dovecot.stop(), clear.stop(), submissions.close(), submission.close()]);
      temp.remove();
    },
  };
}
