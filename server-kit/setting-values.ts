import { isIP } from 'node:net';
import { MailError } from '../common/errors.ts';

/** `usage`: the setting's value is not of the form `expected`, which has no words of a language in it. */
export function refuseSetting(name: string, expected: string): MailError {
  const setting = `VALIJA_${name}`;
  return new MailError('usage', `${setting}: expected ${expected}`, {
    reason: 'setting',
    field: setting,
    params: { setting, expected },
  });
}

/** `usage`: the setting is given, and `missing` is not, without which it means nothing. */
export function refuseWithout(name: string, missing: string): MailError {
  const params = { setting: `VALIJA_${name}`, missing: `VALIJA_${missing}` };
  return new MailError('usage', `${params.setting} needs ${params.missing}`, {
    reason: 'setting-alone',
    field: params.missing,
    params,
  });
}

export function readBoolean(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'false' || text === '0' || text === 'no') return false;
  if (text === 'true' || text === '1' || text === 'yes') return true;
  throw refuseSetting(name, 'true / false');
}

/** Null where there is no limit. */
export function readBytes(name: string, text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const bytes = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (bytes === 0) throw refuseSetting(name, '1…999999999999999 (bytes)');
  return bytes;
}

export function readPort(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw refuseSetting(name, '1…65535');
  return port;
}

/** An http(s) address without a path; what comes back has no slash at its end. */
export function readUrl(name: string, text: string): string {
  const url = URL.parse(text);
  const plain = url !== null && url.pathname === '/' && url.search === '' && url.username === '';
  if (!plain || !/^https?:$/.test(url.protocol)) throw refuseSetting(name, 'https://host[:port]');
  return url.origin;
}

export function readList(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** IP addresses separated by commas; null where none is given. */
export function readAddresses(name: string, text: string | undefined): string[] | null {
  const addresses = readList(text);
  if (addresses.some((address) => isIP(address) === 0)) throw refuseSetting(name, '192.0.2.1, 2001:db8::1');
  return addresses.length === 0 ? null : addresses;
}

export function readMailAddress(name: string, text: string): string {
  if (!/^[^\s@<>",:;]+@[^\s@<>",:;]+$/.test(text)) throw refuseSetting(name, 'name@example.org');
  return text;
}

/** `host:port`, `[v6]:port`, or `host` with the default port. `expected`: the whole form, where more stands before it. */
export function readEndpoint(
  name: string,
  text: string | undefined,
  defaultPort: number,
  expected = 'host:port',
): { host: string; port: number } | null {
  if (text === undefined) return null;
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/[\]]+)(?::(\d{1,5}))?$/i.exec(text);
  if (match === null) throw refuseSetting(name, expected);
  const host = (match[1] ?? '').replace(/^\[|\]$/g, '');
  return { host, port: readPort(name, match[2], defaultPort) };
}
