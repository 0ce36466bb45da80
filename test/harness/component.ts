import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';

/** Where Debian puts what the tests need, and the package that brings it. */
const COMPONENTS = {
  dovecot: { path: '/usr/sbin/dovecot', package: 'dovecot-pop3d' },
  'gnu-pop3d': { path: '/usr/sbin/pop3d', package: 'mailutils-pop3d' },
  'smtp-sink': { path: '/usr/sbin/smtp-sink', package: 'postfix' },
  mariadbd: { path: '/usr/sbin/mariadbd', package: 'mariadb-server' },
  chromium: { path: '/usr/bin/chromium', package: 'chromium' },
  python3: { path: '/usr/bin/python3', package: 'python3' },
  swaks: { path: '/usr/bin/swaks', package: 'swaks libnet-ssleay-perl' },
  unbound: { path: '/usr/sbin/unbound', package: 'unbound' },
  dkimverify: { path: '/usr/bin/dkimverify', package: 'python3-dkim python3-dnspython python3-nacl' },
  'opendkim-testmsg': { path: '/usr/sbin/opendkim-testmsg', package: 'opendkim-tools' },
  openssl: { path: '/usr/bin/openssl', package: 'openssl' },
  strace: { path: '/usr/bin/strace', package: 'strace' },
  eatmydata: { path: '/usr/bin/eatmydata', package: 'eatmydata' },
  'sieve-test': { path: '/usr/bin/sieve-test', package: 'dovecot-sieve' },
  mpop: { path: '/usr/bin/mpop', package: 'mpop' },
  fetchmail: { path: '/usr/bin/fetchmail', package: 'fetchmail' },
  nginx: { path: '/usr/sbin/nginx', package: 'nginx-light' },
  slapd: { path: '/usr/sbin/slapd', package: 'slapd ldap-utils' },
  getmail: { path: '/usr/bin/getmail', package: 'getmail6' },
} as const;
export type Component = keyof typeof COMPONENTS;

export function hasComponent(name: Component): boolean {
  return existsSync(COMPONENTS[name].path);
}

/** Why a test of `name` cannot run here, or false when it can: for the `skip` option of node:test. With CI=true it throws instead. */
export function missingComponent(...names: Component[]): string | false {
  const missing = names.filter((name) => !hasComponent(name));
  if (missing.length === 0) return false;
  const text = `missing ${missing.join(', ')}: apt-get install ${missing.map((name) => COMPONENTS[name].package).join(' ')}`;
  if (process.env['CI'] === 'true') throw new Error(text);
  return text;
}

/** Skips the running test when a component is missing; returns whether it was skipped. */
export function requireComponent(t: TestContext, ...names: Component[]): boolean {
  const text = missingComponent(...names);
  if (text === false) return false;
  t.skip(text);
  return true;
}
