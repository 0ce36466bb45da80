import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planImport, type Known } from '../../../profile-server/user/provision/plan-import.ts';
import { readUserFile } from '../../../profile-server/user/provision/read-user-file.ts';
import { completeUser, type NewUser, type UserRecord } from '../../../profile-server/user/user-store.ts';

const reasons = (csv: string): string[] =>
  readUserFile(csv).problems.map(({ line, reason }) => `${line} ${reason}`);

describe('a file of users', () => {
  test('every problem is told at once, with its line', () => {
    const csv = [
      'name;display_name;group;email;language;initial_password',
      'ana;Ana Pérez;Biology;ana@example.org;es;',
      ';No name;;;;',
      '<bad>;;;;;',
      'bea;;;not an address;;',
      'carl;;;;klingon;',
      'dora;;;;;short',
      'eve;too;few',
      'ANA;again;;;;',
      '"fay;;;;;',
    ].join('\n');
    assert.deepEqual(reasons(csv), [
      '3 user-name-empty',
      '4 user-name-characters',
      '5 csv-email',
      '6 csv-language',
      '7 initial-password',
      '8 csv-fields',
      '9 csv-name-twice',
      '10 csv-quote',
    ]);
  });

  const headers: [header: string, problems: string[]][] = [
    ['name,group', []],
    ['Usuario,Nombre completo,Grupo,Correo,Idioma,Contraseña inicial', []],
    ['User name,E-Mail', []],
    ['group,email', ['1 csv-no-name']],
    ['name,shoe size', ['1 csv-column']],
    ['name,usuario', ['1 csv-column-twice']],
  ];
  for (const [header, problems] of headers) {
    test(`header ${header}`, () => assert.deepEqual(reasons(`${header}\n`), problems));
  }

  test('an empty field and a missing column are two things', () => {
    const [line] = readUserFile('name,group\nana,\n').lines;
    assert.equal(line?.group, null);
    assert.equal(line?.email, undefined);
  });
});

const BIOLOGY = { id: 'group_b', name: 'Biology', name_key: 'biology' };
const LAW = { id: 'group_l', name: 'Law', name_key: 'law' };

function user(name: string, more: Partial<NewUser> = {}): UserRecord {
  const first = {
    id: `user_${name}`,
    name,
    name_key: name,
    password: 'x',
    admin: 0,
    disabled: 0,
    home: null,
  };
  return completeUser({ ...first, revision: 0, data_key: Buffer.alloc(0), created_at: 0, ...more });
}

function known(users: UserRecord[], more: Partial<Known> = {}): Known {
  return {
    users: new Map(users.map((one) => [one.name_key, one])),
    groups: new Map([BIOLOGY, LAW].map((group) => [group.name_key, group])),
    groupAdmins: new Set(),
    reach: { all: true },
    ...more,
  };
}

function plan(csv: string, those: Known): string[] {
  const made = planImport(readUserFile(csv).lines, those);
  return [
    ...made.added.map(({ line, group }) => `+${line.name.name}${group === null ? '' : `@${group.name}`}`),
    ...made.changed.map(
      ({ line, fields }) => `~${line.name.name} ${fields.map(({ field }) => field).join(' ')}`,
    ),
    ...made.same.map(({ name }) => `=${name}`),
    ...made.newGroups.map(({ name }) => `group ${name}`),
    ...made.problems.map(({ line, reason }) => `!${line} ${reason}`),
  ];
}

describe('the difference between a file and what is there', () => {
  const inBiology = { group_id: BIOLOGY.id };
  const ofBiology = { reach: { all: false as const, groups: [BIOLOGY.id] } };
  const ofBoth = { reach: { all: false as const, groups: [BIOLOGY.id, LAW.id] } };
  const cases: [name: string, csv: string, known: Known, expected: string[]][] = [
    ['someone new', 'name\nana', known([]), ['+ana']],
    ['a new group', 'name,group\nana,Art\nbea,ART', known([]), ['+ana@Art', '+bea@ART', 'group Art']],
    ['nothing to do', 'name,group\nana,biology', known([user('ana', inBiology)]), ['=ana']],
    ['another group', 'name,group\nana,Law', known([user('ana', inBiology)]), ['~ana group']],
    ['out of the group', 'name,group\nana,', known([user('ana', inBiology)]), ['~ana group']],
    ['no column, no change', 'name\nana', known([user('ana', inBiology)]), ['=ana']],
    ['another display name', 'name,display_name\nana,Ana P.', known([user('ana')]), ['~ana display_name']],
    ['an address', 'name,email\nana,a@b.org', known([user('ana')]), ['~ana email']],
    [
      'a proven address is its user’s own',
      'name,email\nana,a@b.org',
      known([user('ana', { second_address: 'own@c.org', second_address_proven: 1 })]),
      ['=ana'],
    ],
    [
      'a first password for who was invited',
      'name,initial_password\nana,password-1',
      known([user('ana', { invited: 1 })]),
      ['~ana initial_password'],
    ],
    ['never one for who has come', 'name,initial_password\nana,password-1', known([user('ana')]), ['=ana']],
    ['who was removed', 'name\nana', known([user('ana', { removed_at: 1 })]), ['!2 csv-removed']],
    ['a group admin’s only group is meant', 'name\nana', known([], ofBiology), ['+ana@Biology']],
    ['one of several has to be named', 'name\nana', known([], ofBoth), ['!2 csv-own-groups']],
    ['not into the group of others', 'name,group\nana,Law', known([], ofBiology), ['!2 csv-own-groups']],
    ['not into none', 'name,group\nana,', known([], ofBiology), ['!2 csv-own-groups']],
    ['no new group', 'name,group\nana,Art', known([], ofBiology), ['!2 csv-own-groups']],
    [
      'not whom others look after',
      'name\nana',
      known([user('ana', { group_id: LAW.id })], ofBiology),
      ['!2 csv-taken'],
    ],
    [
      'not an organisation admin',
      'name,display_name\nana,X',
      known([user('ana', { ...inBiology, admin: 1 })], ofBiology),
      ['!2 csv-admin'],
    ],
    [
      'not another who looks after groups',
      'name,display_name\nana,X',
      known([user('ana', inBiology)], { ...ofBiology, groupAdmins: new Set(['user_ana']) }),
      ['!2 csv-admin'],
    ],
  ];
  for (const [name, csv, those, expected] of cases) {
    test(name, () => assert.deepEqual(plan(csv, those), expected));
  }
});
