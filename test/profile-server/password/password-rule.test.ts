import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  loadCommonPasswords,
  type IsCommon,
} from '../../../profile-server/password/choice/common-passwords.ts';
import { judgePassword } from '../../../profile-server/password/choice/password-rule.ts';

const WORDS = ['ana.perez', 'Ana Pérez', 'valija', 'mail.uni.example'];
let isCommon: IsCommon;
before(async () => {
  isCommon = await loadCommonPasswords();
});

const judge = (password: string, factor = false) =>
  judgePassword(password, { least: factor ? 8 : 15, words: WORDS, isCommon });

test('passwords are counted in characters, more where they stand alone', () => {
  assert.equal(judge('una frase larga'), null);
  assert.equal(judge('una frase larg'), 'password-short');
  assert.equal(judge('zwölf km', true), null);
  assert.equal(judge('zwölf k', true), 'password-short');
  assert.equal(
    judge('n\u0303'.repeat(14) + 'o'),
    'password-common',
    'composed, and one sign again and again',
  );
  assert.equal(judge('contrasen\u0303a', true), null);
  assert.equal(judge('ñandú en París '), null);
  assert.equal(judge('😀🎈🦊'.repeat(341)), null);
  assert.equal(judge('ab '.repeat(342)), 'password-long');
});

test('no rule of composition, and every character is one', () => {
  const good = [
    'correct horse battery',
    'correcthorsebatterystaple',
    'la contraseña de Ana',
    'пароль из трёх слов',
    '我的密码是一句很长的话没有规则',
    'zufällig 73 gewählt',
    'secret-password',
  ];
  for (const password of good) assert.equal(judge(password), null, password);
});

test('what guessing begins with is refused, however it is stretched', () => {
  const bad = [
    'password123456789',
    'PasswordPassword',
    'P-a-s-s-w-o-r-d-2026',
    'valija2026valija',
    'ana.perez-ana.perez',
    'AnaPérezAnaPérez2026',
    'mailuniexample99',
    'qwertyuiopasdfghjkl',
    'abcdefghijklmnop',
    '123456789012345',
    'aaaaaaaaaaaaaaaaaaaa',
    '!!!!!!!!!!!!!!!!',
    'hunter2hunter2hunter2',
    'qazwsxedcrfvtgb',
  ];
  for (const password of bad) assert.equal(judge(password), 'password-common', password);
  assert.equal(judge('dragon12', true), 'password-common');
  assert.equal(judge('ana.perez1', true), 'password-common');
});

test('the worst that can be typed is judged at once', () => {
  const began = performance.now();
  judge(`${'1'.repeat(62)}zq`);
  judge(`${'ab'.repeat(31)}z`);
  judge('x'.repeat(4096));
  assert.ok(performance.now() - began < 2000);
});
