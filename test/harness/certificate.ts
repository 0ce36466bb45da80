import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

/** A private authority for tests: real certificates by openssl, also ones that are wrong on purpose. */
export interface Authority extends Certificate {
  /** A certificate for DNS names and IP addresses; `expired` ended in 2020. */
  issue(names: string[], options?: { expired?: boolean }): Certificate;
  /** Makes this process trust the authority, as NODE_EXTRA_CA_CERTS does at start. */
  trust(): void;
}

function run(args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

function readPair(certFile: string, keyFile: string): Certificate {
  return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

function altNames(names: string[]): string {
  return names.map((name) => (/^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate signed by its own key, trusted by nobody. */
export function makeSelfSigned(dir: string, names: string[]): Certificate {
  const certFile = join(dir, 'self.pem');
  const keyFile = join(dir, 'self.key');
  const subject = ['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${altNames(names)}`];
  run(['req', '-x509', ...NEW_KEY, '-keyout', keyFile, '-out', certFile, '-days', '30', ...subject]);
  return readPair(certFile, keyFile);
}

/** An authority whose files are in `dir`; several in one process need several directories. */
export function makeAuthority(dir: string): Authority {
  const certFile = join(dir, 'authority.pem');
  const keyFile = join(dir, 'authority.key');
  const extensions = [
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign',
  ];
  run([
    'req',
    '-x509',
    ...NEW_KEY,
    '-keyout',
    keyFile,
    '-out',
    certFile,
    '-days',
    '30',
    '-subj',
    '/CN=Valija tests',
    ...extensions,
  ]);
  let issued = 0;
  return {
    ...readPair(certFile, keyFile),
    issue(names, options = {}) {
      const base = join(dir, `leaf-${++issued}`);
      const config = `${base}.conf`;
      writeFileSync(`${base}.index`, '');
      writeFileSync(`${base}.serial`, String(1000 + issued));
      writeFileSync(
        config,
        `[ca]\ndefault_ca=own\n[own]\ndatabase=${base}.index\nserial=${base}.serial\nnew_certs_dir=${dir}\n` +
          `default_md=sha256\npolicy=any\nx509_extensions=leaf\n[any]\ncommonName=supplied\n` +
          `[leaf]\nsubjectAltName=${altNames(names)}\nextendedKeyUsage=serverAuth\n`,
      );
      run([
        'req',
        '-new',
        ...NEW_KEY,
        '-keyout',
        `${base}.key`,
        '-out',
        `${base}.csr`,
        '-subj',
        `/CN=${names[0]}`,
      ]);
      const dates =
        options.expired === true
          ? ['-startdate', '20190101000000Z', '-enddate', '20200101000000Z']
          : ['-days', '30'];
      run([
        'ca',
        '-batch',
        '-notext',
        '-config',
        config,
        '-cert',
        certFile,
        '-keyfile',
        keyFile,
        '-in',
        `${base}.csr`,
        '-out',
        `${base}.pem`,
        ...dates,
      ]);
      return readPair(`${base}.pem`, `${base}.key`);
    },
    trust() {
      setDefaultCACertificates([...getCACertificates('default'), readFileSync(certFile, 'utf8')]);
    },
  };
}
