import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HOUR, MINUTE } from '../../../common/time.ts';
import { coverLine } from '../../../profile-server/health/cover-line.ts';
import { drawHeatMap, firstHour, MAP_HOURS } from '../../../profile-server/health/heat-map/heat-map.ts';
import {
  demandConfirmed,
  judgeMend,
  needsConfirmation,
  type Place,
} from '../../../profile-server/health/mend/mend-rule.ts';
import { decideRetry } from '../../../profile-server/health/retry/retry-rule.ts';
import { codeOf } from '../sample.ts';
import { NOW, POLL } from '../sample-poll.ts';

describe('a new try when an admin asks for one', () => {
  const refused = JSON.stringify({ code: 'auth-failed', message: '', serverLine: null });
  const locked = JSON.stringify({ code: 'needs-sign-in', reason: 'locked-until-password', serverLine: null });
  const failing = { ...POLL, fails: 7, next_at: NOW + 6 * HOUR };
  const needy = { ...POLL, fails: 1, needs_sign_in: 1, next_at: null, error: refused };
  const table = [
    ['a working account stays', POLL, true, null],
    ['a failing one is due', failing, false, { needs_sign_in: 0, fails: 1, next_at: NOW }],
    [
      'not before its provider allows',
      { ...failing, allowed_at: NOW + MINUTE },
      false,
      { needs_sign_in: 0, fails: 1, next_at: NOW + MINUTE },
    ],
    ['what its user paused stays', { ...failing, paused: 1 }, true, null],
    ['a failing one that nobody polls stays', { ...failing, next_at: null }, true, null],
    ['a refused password is left alone', needy, false, null],
    ['unless that is wanted', needy, true, { needs_sign_in: 0, fails: 1, next_at: NOW }],
    ['a sealed one can only fail', { ...needy, error: locked }, true, null],
  ] as const;
  for (const [name, poll, refusedToo, timing] of table) {
    it(name, () => assert.deepEqual(decideRetry(poll, refusedToo, NOW), timing));
  }
});

describe('a new place for passwords', () => {
  const from: Place = { host: 'pop.example.org', port: 995, tls: 'implicit' };
  const table = [
    ['the same host by another port', { ...from, port: 110, tls: 'starttls' }, false, null, null],
    ['the same host, written otherwise', { ...from, host: 'POP.example.org.' }, false, null, null],
    ['a port of somebody’s', { ...from, port: 8995 }, false, 'own-port', null],
    ['no encryption', { ...from, port: 110, tls: 'none' }, true, 'weaker-tls', null],
    ['another host', { ...from, host: 'pop2.example.org' }, true, null, null],
  ] as const;
  for (const [name, to, confirmed, forGroups, forAll] of table) {
    it(name, () => {
      assert.equal(needsConfirmation(from, to), confirmed);
      const account = { oauth: false, locked: false };
      assert.equal(judgeMend(from, to, { ...account, organisation: false }), forGroups);
      assert.equal(judgeMend(from, to, { ...account, organisation: true }), forAll);
    });
  }

  it('sends no token of a provider to another host', () => {
    const about = { oauth: true, locked: false, organisation: true };
    assert.equal(judgeMend(from, { ...from, host: 'pop2.example.org' }, about), 'oauth');
    assert.equal(judgeMend(from, { ...from, port: 110, tls: 'starttls' }, about), null);
    assert.equal(judgeMend(from, from, { ...about, locked: true }), 'locked');
  });

  it('is for organisation admins who typed the host', () => {
    const to = { ...from, host: 'pop2.example.org' };
    const ask = (organisation: boolean, confirm: string | undefined, needed = true): string =>
      codeOf(() => demandConfirmed(from, to, { organisation, confirm, needed }));
    assert.equal(ask(false, 'pop2.example.org'), 'forbidden/password-elsewhere');
    assert.equal(ask(true, undefined), 'invalid/confirm-host');
    assert.equal(ask(true, 'pop.example.org'), 'invalid/confirm-host');
    assert.equal(ask(true, ' POP2.example.org '), 'none');
    assert.equal(ask(false, undefined, false), 'none');
  });
});

describe('a server’s line that others read', () => {
  const table = [
    ['-ERR [AUTH] invalid credentials for ana', '-ERR [AUTH] invalid credentials for ana'],
    ['-ERR unknown command PASS hunter2', '-ERR unknown command PASS ***'],
    ['-ERR wrong password: "my secret"', '-ERR wrong password: ***'],
    ['-ERR la contraseña es margarita', '-ERR la contraseña es ***'],
    ['-ERR bad AUTH PLAIN AGFuYQBodW50ZXIy', '-ERR bad AUTH PLAIN ***'],
    ['-ERR session f81d4fae7dec11d0a76500a0c91e6bf6 over', '-ERR session *** over'],
    ['-ERR see https://support.example.org/help', '-ERR see https://support.example.org/help'],
    ['token=abc; try again', 'token=*** try again'],
  ] as const;
  for (const [line, shown] of table) it(line, () => assert.equal(coverLine(line), shown));
});

describe('the heat map', () => {
  const hour = Math.floor(NOW / HOUR);
  const map = drawHeatMap(
    [
      { hour, host: 'pop.gmail.com', polls: 10, failed: 5 },
      { hour: hour - 1, host: 'pop.example.org', polls: 4, failed: 0 },
      { hour, host: 'pop.example.org', polls: 6, failed: 6 },
      { hour: hour - MAP_HOURS, host: 'pop.example.org', polls: 9, failed: 9 },
      { hour, host: 'gone.example.org', polls: 1, failed: 1 },
    ],
    [
      { host: 'pop.gmail.com', state: 'ok', count: 8 },
      { host: 'pop.example.org', state: 'failing', count: 3 },
      { host: 'pop.example.org', state: 'late', count: 1 },
      { host: 'pop.example.org', state: 'needs-sign-in', count: 2 },
    ],
    NOW,
  );
  it('begins 48 hours ago and ends with the hour under way', () => {
    assert.equal(map.hours.length, MAP_HOURS);
    assert.equal(Date.parse(map.hours[0]!), firstHour(NOW) * HOUR);
    assert.equal(Date.parse(map.hours.at(-1)!), hour * HOUR);
  });
  it('sums hosts by provider, those in trouble first, and leaves out what nobody has', () => {
    assert.deepEqual(
      map.rows.map(({ name, accounts, failing, late, needsSignIn }) => [
        name,
        accounts,
        failing,
        late,
        needsSignIn,
      ]),
      [
        ['pop.example.org', 6, 3, 1, 2],
        ['Gmail (Google)', 8, 0, 0, 0],
      ],
    );
  });
  it('keeps each hour apart', () => {
    const [own, gmail] = map.rows;
    assert.deepEqual(own?.cells.slice(-2), [
      { polls: 4, failed: 0 },
      { polls: 6, failed: 6 },
    ]);
    assert.equal(own?.cells[0], null);
    assert.deepEqual(gmail?.cells.at(-1), { polls: 10, failed: 5 });
  });
});
