import { userInfo } from 'node:os';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DovecotOptions } from './dovecot.ts';

/** Writes dovecot.conf and the password file into `dir`; returns the path of the former. Dovecot runs as one ordinary user. */
export function writeDovecotConfig(
  dir: string,
  options: DovecotOptions & { port: number; tlsPort: number },
): string {
  const passwords = join(dir, 'passwords');
  const lines = Object.entries(options.users).map(([user, password]) => `${user}:{PLAIN}${password}::::::`);
  writeFileSync(passwords, `${lines.join('\n')}\n`);
  const runAs =
    process.getuid?.() === 0
      ? { user: 'nobody', group: 'nogroup' }
      : { user: userInfo().username, group: `${process.getgid?.()}` };
  const { certificate } = options;
  const config = join(dir, 'dovecot.conf');
  if (certificate !== undefined) {
    writeFileSync(join(dir, 'cert.pem'), certificate.cert);
    writeFileSync(join(dir, 'cert.key'), certificate.key);
  }
  const tls =
    certificate === undefined
      ? 'ssl = no'
      : `ssl = yes\nssl_cert = <${join(dir, 'cert.pem')}\nssl_key = <${join(dir, 'cert.key')}`;
  writeFileSync(
    config,
    `protocols = pop3
listen = 127.0.0.1
base_dir = ${join(dir, 'run')}
state_dir = ${join(dir, 'state')}
log_path = ${join(dir, 'log')}
default_internal_user = ${runAs.user}
default_login_user = ${runAs.user}
default_internal_group = ${runAs.group}
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login${options.tokens === undefined ? '' : ' xoauth2 oauthbearer'}
auth_failure_delay = 0
mail_max_userip_connections = 1000
pop3_lock_session = ${options.lockSession === true ? 'yes' : 'no'}
mail_location = maildir:${join(dir, 'mail')}/%u/Maildir
${tls}
${options.tokens === undefined ? '' : writeTokenPassdb(dir, options.tokens)}passdb {
  driver = passwd-file
  args = ${passwords}${options.tokens === undefined ? '' : '\n  mechanisms = plain login'}
}
userdb {
  driver = static
  args = uid=${process.getuid?.() === 0 ? 65534 : process.getuid?.()} gid=${process.getuid?.() === 0 ? 65534 : process.getgid?.()} home=${join(dir, 'mail')}/%u
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service pop3-login {
  chroot =
  service_count = 0
  inet_listener pop3 {
    port = ${options.port}
  }
  inet_listener pop3s {
    port = ${options.tlsPort}
    ssl = yes
  }
}
${options.extra ?? ''}
`,
  );
  return config;
}

/** By introspection (RFC 7662): Dovecot asks the provider about each token. */
function writeTokenPassdb(dir: string, tokens: NonNullable<DovecotOptions['tokens']>): string {
  const file = join(dir, 'oauth2.conf');
  const lines = [
    `introspection_url = ${tokens.url}`,
    'introspection_mode = post',
    `client_id = ${tokens.clientId}`,
    `client_secret = ${tokens.clientSecret}`,
    'username_attribute = username',
    'username_format = %Lu',
    'active_attribute = active',
    'active_value = true',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${file}
}
`;
}
