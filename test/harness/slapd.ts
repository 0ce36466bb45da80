import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';
import { waitForPort } from './wait-for-port.ts';

export interface SlapdPerson {
  uid: string;
  password: string;
  /** Further lines of LDIF. */
  more?: string[];
}

export interface Slapd {
  /** In the clear, with STARTTLS when there is a certificate. */
  url: string;
  /** Null without a certificate. */
  secureUrl: string | null;
  port: number;
  /** `dc=uni,dc=test`; people stand in `ou=people` below it. */
  base: string;
  /** Who may read all of it. */
  reader: { dn: string; password: string };
  /** Changes what is there, in LDIF, as the directory's own admin. */
  modify(ldif: string): void;
  /** Ends it at once; `start` brings it back on the same ports. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const BASE = 'dc=uni,dc=test';
const ADMIN = { dn: `cn=admin,${BASE}`, password: 'admin of the directory' };
const READER = { dn: `cn=reader,${BASE}`, password: 'reader of the directory' };
const OWNER = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** An OpenLDAP of its own on free loopback ports, as nobody. Needs the component `slapd`. */
export async function startSlapd(
  people: readonly SlapdPerson[],
  certificate: Certificate | null = null,
): Promise<Slapd> {
  const temp = makeTempDir('slapd');
  const dir = temp.path;
  mkdirSync(join(dir, 'data'));
  const [port, securePort] = [await findFreePort(), await findFreePort()];
  const config = join(dir, 'slapd.conf');
  if (certificate !== null) {
    writeFileSync(join(dir, 'cert.pem'), certificate.cert);
    writeFileSync(join(dir, 'key.pem'), certificate.key);
  }
  writeFileSync(config, writeConfig(dir, certificate !== null));
  writeFileSync(join(dir, 'init.ldif'), writeTree(people));
  for (const name of ['.', 'data', ...readdirSync(dir)]) {
    if (OWNER.uid !== undefined) chownSync(join(dir, name), OWNER.uid, OWNER.gid);
  }
  execFileSync('/usr/sbin/slapadd', ['-f', config, '-l', join(dir, 'init.ldif')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...OWNER,
  });
  const url = `ldap://127.0.0.1:${port}`;
  const secureUrl = certificate === null ? null : `ldaps://localhost:${securePort}`;
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const places = `${url}/${secureUrl === null ? '' : ` ldaps://127.0.0.1:${securePort}/`}`;
    child = spawn('/usr/sbin/slapd', ['-d', '0', '-f', config, '-h', places], { stdio: 'ignore', ...OWNER });
    await waitForPort(port);
  };
  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    secureUrl,
    port,
    base: BASE,
    reader: READER,
    modify: (ldif) => {
      const as = ['-x', '-H', url, '-D', ADMIN.dn, '-w', ADMIN.password];
      execFileSync('/usr/bin/ldapmodify', as, { input: ldif, stdio: ['pipe', 'ignore', 'pipe'] });
    },
    kill,
    start,
    stop: async () => {
      await kill();
      temp.remove();
    },
  };
}

function writeConfig(dir: string, tls: boolean): string {
  const schemas = ['core', 'cosine', 'inetorgperson'].map(
    (name) => `include /etc/ldap/schema/${name}.schema`,
  );
  const files = [
    `TLSCertificateFile ${join(dir, 'cert.pem')}`,
    `TLSCertificateKeyFile ${join(dir, 'key.pem')}`,
  ];
  return [
    ...schemas,
    `pidfile ${join(dir, 'slapd.pid')}`,
    // As many directories do: an empty password is no password, and lets anybody in as nobody (RFC 4513 5.1.2).
    'allow bind_anon_cred bind_anon_dn',
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    ...(tls ? files : []),
    'database mdb',
    'maxsize 10485760',
    `suffix "${BASE}"`,
    `rootdn "${ADMIN.dn}"`,
    `rootpw "${ADMIN.password}"`,
    `directory ${join(dir, 'data')}`,
    'access to attrs=userPassword by anonymous auth by * none',
    `access to * by dn.exact="${READER.dn}" read by self read by anonymous auth by * none`,
    '',
  ].join('\n');
}

function writeTree(people: readonly SlapdPerson[]): string {
  const entries = [
    [`dn: ${BASE}`, 'objectClass: dcObject', 'objectClass: organization', 'o: University', 'dc: uni'],
    [`dn: ou=people,${BASE}`, 'objectClass: organizationalUnit', 'ou: people'],
    [
      `dn: ${READER.dn}`,
      'objectClass: organizationalRole',
      'objectClass: simpleSecurityObject',
      'cn: reader',
      `userPassword: ${READER.password}`,
    ],
    ...people.map(({ uid, password, more = [] }) => [
      `dn: uid=${uid.replace(/[\\,+"<>;=]/g, '\\$&')},ou=people,${BASE}`,
      'objectClass: inetOrgPerson',
      `uid: ${uid}`,
      `cn: ${uid} of the University`,
      'sn: Person',
      `mail: ${uid.replaceAll(/[^a-z]/g, '')}@uni.test`,
      `userPassword: ${password}`,
      ...more,
    ]),
  ];
  return `${entries.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
