import assert from 'node:assert/strict';
import test from 'node:test';
import {
  checkPolicy,
  mergeSettings,
  PolicyError,
  readEnvironment,
  type Settings,
} from '../../../desktop/main/settings/managed-settings.ts';
import {
  parseRegistry,
  readPolicies,
  type PolicySources,
} from '../../../desktop/main/settings/read-policies.ts';

const none = { machine: {}, user: {}, commandLine: {}, environment: {}, kept: {} };
const nothing = {
  server: null,
  serverLocked: false,
  lab: false,
  room: null,
  pc: null,
  remember: true,
  language: null,
  dictionaries: null,
  updates: null,
  background: true,
};

test('the machine beats the user, and both beat what a person sets', () => {
  const a: Settings = { server: 'https://a.org' };
  const b: Settings = { server: 'https://b.org' };
  const table: [string, Partial<typeof none>, object][] = [
    ['nothing', {}, nothing],
    ['kept', { kept: a }, { ...nothing, server: 'https://a.org' }],
    ['environment over kept', { environment: b, kept: a }, { ...nothing, server: 'https://b.org' }],
    [
      'command line over environment',
      { commandLine: a, environment: b },
      { ...nothing, server: 'https://a.org' },
    ],
    [
      'user policy over command line',
      { user: b, commandLine: a },
      { ...nothing, server: 'https://b.org', serverLocked: true },
    ],
    [
      'machine over user',
      { machine: a, user: b },
      { ...nothing, server: 'https://a.org', serverLocked: true },
    ],
    [
      'updates by a policy',
      { machine: { updates: 'https://a.org/' } },
      { ...nothing, updates: 'https://a.org/' },
    ],
    [
      'updates switched off for the machine',
      { machine: { updates: false }, user: { updates: 'https://a.org/' } },
      nothing,
    ],
    ['updates by nobody else', { commandLine: { updates: 'https://evil.org/' } }, nothing],
    ['never without a window', { user: { background: false } }, { ...nothing, background: false }],
    ['lab asked for', { commandLine: { lab: true } }, { ...nothing, lab: true }],
    [
      'lab forced',
      { machine: { lab: true }, user: { lab: false }, environment: { lab: false } },
      { ...nothing, lab: true },
    ],
    ['lab forbidden', { machine: { lab: false }, commandLine: { lab: true } }, nothing],
    [
      'each by itself',
      { machine: { remember: false }, kept: a },
      { ...nothing, server: 'https://a.org', remember: false },
    ],
  ];
  for (const [name, layers, expected] of table)
    assert.deepEqual(mergeSettings({ ...none, ...layers }), expected, name);
});

test('a policy that is not right is an error, not an absence', () => {
  const right: [unknown, Settings][] = [
    [{}, {}],
    [
      { server: 'https://a.org/', lab: true, remember: false, language: 'es' },
      { server: 'https://a.org', lab: true, remember: false, language: 'es' },
    ],
    [
      { Server: 'https://a.org', Lab: 1, Remember: 0 },
      { server: 'https://a.org', lab: true, remember: false },
    ],
    [{ dictionaries: 'https://a.org/words/' }, { dictionaries: 'https://a.org/words/' }],
    [
      { labRoom: 'B2', LabPC: 7 },
      { room: 'B2', pc: '7' },
    ],
    [{ updates: 'https://a.org/valija/' }, { updates: 'https://a.org/valija/' }],
    [
      { Updates: 0, Background: 0 },
      { updates: false, background: false },
    ],
    [{ somethingNew: { later: true } }, {}],
  ];
  for (const [values, expected] of right) assert.deepEqual(checkPolicy(values, 'test'), expected);
  const wrong: unknown[] = [
    null,
    [],
    'lab',
    { lab: 'yes' },
    { lab: null },
    { remember: 2 },
    { server: 'http://a.org' },
    { server: 7 },
    { language: 'fr' },
    { labRoom: '' },
    { labPc: 'x'.repeat(101) },
    { updates: 'http://a.org/' },
    { updates: true },
    { background: 'no' },
    { dictionaries: 'http://a.org/' },
    { dictionaries: 'https://a.org/words' },
  ];
  for (const values of wrong)
    assert.throws(() => checkPolicy(values, 'test'), PolicyError, JSON.stringify(values));
});

test('the environment sets server and lab mode', () => {
  assert.deepEqual(readEnvironment({}), {});
  assert.deepEqual(readEnvironment({ VALIJA_SERVER: 'http://localhost:7310', VALIJA_LAB: '1' }), {
    server: 'http://localhost:7310',
    lab: true,
  });
  assert.deepEqual(readEnvironment({ VALIJA_LAB: '' }), {});
  assert.deepEqual(readEnvironment({ VALIJA_LAB_ROOM: 'B2', VALIJA_LAB_PC: '07' }), { room: 'B2', pc: '07' });
  assert.throws(() => readEnvironment({ VALIJA_LAB: 'maybe' }), PolicyError);
});

const LISTED = [
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Valija',
  '    (Default)    REG_SZ    ',
  '    Server    REG_SZ    https://valija.example.org',
  '    Lab    REG_DWORD    0x1',
  '    Note    REG_EXPAND_SZ    %PATH%',
  '',
].join('\r\n');

/** A system with these files and answers; everything asked for is remembered. */
function makeSystem(
  system: Partial<PolicySources>,
  texts: Record<string, string>,
  answers: Record<string, string>,
) {
  const programs: string[] = [];
  const sources: PolicySources = {
    platform: 'linux',
    userName: 'ana',
    systemRoot: 'C:\\Windows',
    readText: (path) => texts[path] ?? null,
    run: (program, args) => {
      programs.push(program);
      return answers[args.at(-1) ?? ''] ?? null;
    },
    ...system,
  };
  return { sources, programs };
}

test('policies come from the documented places of each system', () => {
  const linux = makeSystem({}, { '/etc/valija/policy.json': '{"lab":true}' }, {});
  assert.deepEqual(readPolicies(linux.sources), { machine: { lab: true }, user: {} });
  assert.deepEqual(readPolicies(makeSystem({}, {}, {}).sources), { machine: {}, user: {} });
  assert.throws(
    () => readPolicies(makeSystem({}, { '/etc/valija/policy.json': '{' }, {}).sources),
    PolicyError,
  );

  const windows = makeSystem({ platform: 'win32' }, {}, { 'HKLM\\SOFTWARE\\Policies\\Valija': LISTED });
  assert.deepEqual(readPolicies(windows.sources), {
    machine: { server: 'https://valija.example.org', lab: true },
    user: {},
  });
  assert.ok(windows.programs.every((program) => program.startsWith('C:\\Windows')));

  const plist = '/Library/Managed Preferences/org.valija.desktop.plist';
  const own = '/Library/Managed Preferences/ana/org.valija.desktop.plist';
  const mac = makeSystem(
    { platform: 'darwin' },
    { [plist]: 'bplist', [own]: 'bplist' },
    { [plist]: '{"remember":false}', [own]: '{"server":"https://a.org"}' },
  );
  assert.deepEqual(readPolicies(mac.sources), {
    machine: { remember: false },
    user: { server: 'https://a.org' },
  });
  const unreadable = makeSystem({ platform: 'darwin' }, { [plist]: 'bplist' }, {});
  assert.throws(() => readPolicies(unreadable.sources), PolicyError);
});

test('the registry is read by lines', () => {
  assert.deepEqual(parseRegistry(LISTED), { Server: 'https://valija.example.org', Lab: 1, '(Default)': '' });
  assert.deepEqual(parseRegistry(''), {});
});
