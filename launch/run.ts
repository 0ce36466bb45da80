import { accessSync, constants, readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { MailError } from '../common/errors.ts';
import type { Language } from '../common/shapes/profile.ts';
import { readOwnLanguage, readSystemLanguage } from '../command/language.ts';
import { formatError } from '../command/report.ts';
import { toDatabaseError } from '../server-kit/database/database-error.ts';
import { makeLogger } from '../server-kit/log.ts';
import { readSettings, type Settings } from '../server-kit/settings.ts';
import { makeDataDir } from './data-dir.ts';
import { openDesktopApp } from './desktop-app.ts';
import { waitForStop } from './lifetime.ts';
import { readLaunchOptions, type LaunchOptions, type PartName } from './options.ts';
import { choosePorts, demandFreePorts } from './ports.ts';
import { formatReady, formatSetupCode, makeReady } from './ready.ts';
import { startParts } from './start-parts.ts';

/** Runs `start` or `serve` until a signal ends it; returns the exit code. */
export async function runServers(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const language = readOwnLanguage(env) ?? readSystemLanguage(env);
  if (args.includes('--help')) {
    const { formatLaunchHelp } = await import('./help.ts');
    console.log(formatLaunchHelp(args[0] === 'serve' ? 'serve' : 'start', language));
    return 0;
  }
  // Mail, keys and queues are nobody else's on this machine.
  process.umask(0o077);
  const stopped = waitForStop();
  const stopping = new AbortController();
  void stopped.then(() => stopping.abort());
  try {
    const options = readLaunchOptions(args, env);
    const settings = await settle(options);
    const dataDir = makeDataDir(settings.dataDir);
    const log = makeLog(options, settings);
    const system = await startParts(options, settings, dataDir, log, stopping.signal);
    const ready = makeReady(options.parts, settings, dataDir, system);
    process.stdout.write(options.json ? `${JSON.stringify(ready)}\n` : formatReady(ready, language));
    if (!options.json && ready.web !== null) openDesktopApp(ready.web, env);
    showNewSetupCodes(system.setupCode, ready.setupCode, language);
    log.info('stopping', { signal: await stopped });
    await system.stop();
    return 0;
  } catch (error) {
    // Asked to stop before it had started: what had is stopped.
    if (stopping.signal.aborted && (error as Error).cause === stopping.signal.reason) return 0;
    const known = error instanceof MailError ? error : explainStart(error);
    if (known.code === 'internal') console.error(error);
    console.error(formatError(known, language, args.includes('--json')));
    return known.code === 'usage' ? 2 : 1;
  } finally {
    // Parts are stopped; a lock or a socket that a library left open must not keep this process alive.
    setTimeout(() => process.exit(), 500).unref();
  }
}

/** Whoever may read this process's output is the one who may become administrator, also after somebody has guessed. */
function showNewSetupCodes(read: () => string | null, first: string | null, language: Language): void {
  let shown = first;
  const look = (): void => {
    const code = read();
    if (code !== null && code !== shown) process.stderr.write(`${formatSetupCode(code, language)}\n`);
    shown = code;
  };
  setInterval(look, 1000).unref();
}

async function settle(options: LaunchOptions): Promise<Settings> {
  const host = options.read('HOST') ?? '127.0.0.1';
  const ports = await choosePorts(options.portBase, host);
  if (!options.together && options.portBase === 0) demandProfileAddress(options);
  const settings = readSettings(options.read, ports);
  if (settings.tls !== null) {
    demandReadable('VALIJA_TLS_CERT', settings.tls.certFile);
    demandReadable('VALIJA_TLS_KEY', settings.tls.keyFile);
    demandPair(settings.tls);
  }
  const used: Record<PartName, number[]> = {
    'profile-server': [ports.profile],
    'storage-server': [ports.storage],
    'smtp-relay': [ports.submission, ports.relay],
  };
  await demandFreePorts(
    options.parts.flatMap((part) => used[part]),
    host,
  );
  return settings;
}

/** Before anything starts: what TLS itself says of a wrong pair tells nobody which setting it is. */
function demandPair({ certFile, keyFile }: { certFile: string; keyFile: string }): void {
  try {
    createSecureContext({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  } catch (error) {
    throw new MailError('usage', `${certFile} and ${keyFile} are no pair`, {
      reason: 'setting-pair',
      params: { setting: 'VALIJA_TLS_CERT', other: 'VALIJA_TLS_KEY' },
      cause: error,
    });
  }
}

function demandReadable(setting: string, file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new MailError('usage', `${setting}: ${file}`, {
      reason: 'setting-file',
      field: setting,
      params: { setting, file },
      cause: error,
    });
  }
}

/** With free ports nobody can guess where the profile-server of a part that runs alone is. */
function demandProfileAddress(options: LaunchOptions): void {
  if (options.parts.includes('profile-server') || options.read('PUBLIC_URL') !== undefined) return;
  throw new MailError('usage', 'VALIJA_PUBLIC_URL is needed', { reason: 'profile-needed' });
}

function makeLog(options: LaunchOptions, settings: Settings) {
  // On a terminal, lines of JSON would bury what people are to read.
  const quiet = !options.json && process.stderr.isTTY && options.read('LOG_LEVEL') === undefined;
  return makeLogger(
    (line) => process.stderr.write(`${line}\n`),
    quiet ? 'warn' : settings.logLevel,
    Date.now,
  );
}

/** What the system said while a part started, as an error of ours. */
function explainStart(error: unknown): MailError {
  const { code, message } = error as NodeJS.ErrnoException;
  const { port, address } = error as { port?: number; address?: string };
  if (code === 'EADDRINUSE' && port !== undefined) {
    const params = { port, host: address ?? '' };
    return new MailError('unavailable', message, { reason: 'port-taken', params, cause: error });
  }
  const explained = toDatabaseError(error);
  if (explained instanceof MailError) return explained;
  return new MailError('internal', 'starting failed', { cause: error });
}
