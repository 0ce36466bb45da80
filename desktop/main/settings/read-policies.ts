import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPolicy, PolicyError, type Settings } from './managed-settings.ts';

const APP_ID = 'org.valija.desktop';
const POLICY_FILE = '/etc/valija/policy.json';

/** The parts of the system that policies are read from; null from `readText` and `run`: it is not there. */
export interface PolicySources {
  platform: NodeJS.Platform;
  userName: string;
  systemRoot: string;
  readText(path: string): string | null;
  run(program: string, args: string[]): string | null;
}

/**
 * What administrators set, for the machine and for the user:
 * Linux `/etc/valija/policy.json`; Windows `HKLM` and `HKCU` `\SOFTWARE\Policies\Valija` by reg.exe; macOS the files that
 * a management profile leaves in `/Library/Managed Preferences`, by plutil. Read before anything else, so synchronously.
 * PolicyError when one is there and cannot be understood.
 */
export function readPolicies(sources: PolicySources): { machine: Settings; user: Settings } {
  if (sources.platform === 'win32') {
    return { machine: readRegistry(sources, 'HKLM'), user: readRegistry(sources, 'HKCU') };
  }
  if (sources.platform === 'darwin') {
    const folder = '/Library/Managed Preferences';
    return {
      machine: readPreferences(sources, `${folder}/${APP_ID}.plist`),
      user: readPreferences(sources, `${folder}/${sources.userName}/${APP_ID}.plist`),
    };
  }
  const text = sources.readText(POLICY_FILE);
  return { machine: text === null ? {} : checkPolicy(parseJson(text, POLICY_FILE), POLICY_FILE), user: {} };
}

function readRegistry(sources: PolicySources, hive: 'HKLM' | 'HKCU'): Settings {
  const key = `${hive}\\SOFTWARE\\Policies\\Valija`;
  // By its full path: a reg.exe in the current folder or in PATH is not the system's.
  const listed = sources.run(join(sources.systemRoot, 'System32', 'reg.exe'), ['query', key]);
  return listed === null ? {} : checkPolicy(parseRegistry(listed), key);
}

/** The values in what `reg query` prints: `    Name    REG_SZ    text` and `    Name    REG_DWORD    0x1`. */
export function parseRegistry(listed: string): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const line of listed.split(/\r?\n/)) {
    const found = /^ {4}(\S+) {4}(REG_SZ|REG_DWORD) {4}(.*)$/.exec(line);
    if (found === null) continue;
    const [, name = '', type, value = ''] = found;
    values[name] = type === 'REG_DWORD' ? Number(value.trim()) : value.trim();
  }
  return values;
}

function readPreferences(sources: PolicySources, path: string): Settings {
  if (sources.readText(path) === null) return {};
  const json = sources.run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', path]);
  if (json === null) throw new PolicyError(`${path}: cannot be read`);
  return checkPolicy(parseJson(json, path), path);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError(`${source}: not JSON`);
  }
}

/** The real system. A policy that is there and may not be read is an error, not an absence. */
export function systemSources(userName: string): PolicySources {
  return {
    platform: process.platform,
    userName,
    systemRoot: process.env['SystemRoot'] ?? 'C:\\Windows',
    readText: (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR') return null;
        throw new PolicyError(`${path}: cannot be read (${code ?? 'unknown'})`);
      }
    },
    run: (program, args) => {
      try {
        return execFileSync(program, args, {
          encoding: 'utf8',
          timeout: 5000,
          windowsHide: true,
          stdio: 'pipe',
        });
      } catch {
        // reg.exe ends with 1 for a key that is not there.
        return null;
      }
    },
  };
}
