import { parseServer } from '../server/server-address.ts';

/** What a policy, the command line or the environment may set; absent: not set there. */
export interface Settings {
  server?: string;
  /** Keep nothing on this computer. */
  lab?: boolean;
  /** Which computer this is, as those call it who manage it: sign-ins are listed by it. */
  room?: string;
  pc?: string;
  /** False: nobody can be remembered on this computer. */
  remember?: boolean;
  language?: 'en' | 'es';
  /** Where dictionaries are fetched from, ending in `/`; without it only the system's own spell checker is used. */
  dictionaries?: string;
  /** Where new versions are, ending in `/`; false: nowhere. Only policies may say it: what it names is run. */
  updates?: string | false;
  /** False: closing the window always ends the program. */
  background?: boolean;
}

/** From the strongest to the weakest. `machine` and `user` are what administrators set; the others the person can change. */
export interface SettingLayers {
  machine: Settings;
  user: Settings;
  commandLine: Settings;
  environment: Settings;
  kept: Settings;
}

export interface MergedSettings {
  server: string | null;
  serverLocked: boolean;
  lab: boolean;
  room: string | null;
  pc: string | null;
  remember: boolean;
  language: 'en' | 'es' | null;
  dictionaries: string | null;
  updates: string | null;
  background: boolean;
}

/** A policy that cannot be understood: starting without it would do what it forbids. */
export class PolicyError extends Error {
  override name = 'PolicyError';
}

/** The first layer that says something wins, for each setting by itself. */
export function mergeSettings(layers: SettingLayers): MergedSettings {
  const order = [layers.machine, layers.user, layers.commandLine, layers.environment, layers.kept];
  const first = <K extends keyof Settings>(key: K): Settings[K] | undefined =>
    order.find((layer) => layer[key] !== undefined)?.[key];
  return {
    server: first('server') ?? null,
    serverLocked: (layers.machine.server ?? layers.user.server) !== undefined,
    lab: first('lab') ?? false,
    room: first('room') ?? null,
    pc: first('pc') ?? null,
    remember: first('remember') ?? true,
    language: first('language') ?? null,
    dictionaries: first('dictionaries') ?? null,
    updates: (layers.machine.updates ?? layers.user.updates) || null,
    background: first('background') ?? true,
  };
}

/** Checks what stands in a policy. Unknown names are left for later versions; known ones have to be right. PolicyError. */
export function checkPolicy(values: unknown, source: string): Settings {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new PolicyError(`${source}: not a list of settings`);
  }
  const settings: Settings = {};
  for (const [name, value] of Object.entries(values)) {
    const key = name.toLowerCase();
    if (key === 'server') settings.server = demand(readServer(value), source, name);
    if (key === 'lab') settings.lab = demand(readFlag(value), source, name);
    if (key === 'labroom') settings.room = demand(readLabel(value), source, name);
    if (key === 'labpc') settings.pc = demand(readLabel(value), source, name);
    if (key === 'remember') settings.remember = demand(readFlag(value), source, name);
    if (key === 'language') settings.language = demand(readLanguage(value), source, name);
    if (key === 'dictionaries') settings.dictionaries = demand(readFolder(value), source, name);
    if (key === 'updates')
      settings.updates = readFlag(value) === false ? false : demand(readFolder(value), source, name);
    if (key === 'background') settings.background = demand(readFlag(value), source, name);
  }
  return settings;
}

/** `VALIJA_SERVER`, `VALIJA_LAB` (`1` or `true`), `VALIJA_LAB_ROOM` and `VALIJA_LAB_PC`. What is wrong there is refused like a wrong policy. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Settings {
  const given: Record<string, string> = {};
  if (env['VALIJA_SERVER']) given['server'] = env['VALIJA_SERVER'];
  if (env['VALIJA_LAB']) given['lab'] = env['VALIJA_LAB'];
  if (env['VALIJA_LAB_ROOM']) given['labRoom'] = env['VALIJA_LAB_ROOM'];
  if (env['VALIJA_LAB_PC']) given['labPc'] = env['VALIJA_LAB_PC'];
  return checkPolicy(given, 'environment');
}

function demand<T>(value: T | null, source: string, name: string): T {
  if (value === null) throw new PolicyError(`${source}: "${name}" has a value that is not allowed`);
  return value;
}

function readServer(value: unknown): string | null {
  return typeof value === 'string' ? parseServer(value) : null;
}

/** Yes and no as JSON, as registry numbers and as words. */
function readFlag(value: unknown): boolean | null {
  if (value === true || value === 1 || value === '1' || value === 'true') return true;
  return value === false || value === 0 || value === '0' || value === 'false' ? false : null;
}

/** A name of 1 to 100 characters. */
function readLabel(value: unknown): string | null {
  const label = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return label.length >= 1 && label.length <= 100 ? label : null;
}

function readLanguage(value: unknown): 'en' | 'es' | null {
  return value === 'en' || value === 'es' ? value : null;
}

function readFolder(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' && url.pathname.endsWith('/') && url.search === '' ? url.href : null;
}
