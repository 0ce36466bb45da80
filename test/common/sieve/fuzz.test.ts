import assert from 'node:assert/strict';
import test from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { evaluate } from '../../../common/sieve/evaluate.ts';
import { SIEVE_LIMITS } from '../../../common/sieve/limits.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { joinRules } from '../../../common/sieve/form/join-rules.ts';
import { readForm } from '../../../common/sieve/form/read-form.ts';
import { splitRules } from '../../../common/sieve/form/split-rules.ts';
import { ALL_PAIRS } from './pairs/all-pairs.ts';
import { encodeMail, readMail } from './run-pair.ts';

const ROUNDS = 2000;

/** Park and Miller's generator: the same cases each time. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const WORDS =
  'if elsif else not allof anyof header address envelope body size exists string hasflag date keep fileinto redirect discard stop set addflag vacation :is :contains :matches :count :over :raw :content :flags :copy :comparator "*a*b*" "?" "${1}" "subject" "from" "a@b.example" "\\\\Seen" 100K 7 ( ) { } [ ] , ; "x" text: /* */ # true false'.split(
    ' ',
  );
const REQUIRE =
  'require ["fileinto","envelope","body","variables","imap4flags","relational","vacation","copy","date","index"];\n';

test(`${ROUNDS} scripts and mails at random: nothing is thrown, nothing is beyond the limits`, () => {
  const random = makeRandom(20_260_303);
  const pairs = Object.values(ALL_PAIRS).flat();
  let ran = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const one = pairs[random(pairs.length)]!;
    const other = pairs[random(pairs.length)]!;
    const script = round % 2 === 0 ? damage(one.script, random) : makeScript(random);
    const mail = damageBytes(encodeMail(other.mail), random);
    const parsed = parseScript(script);
    readForm(script);
    if (round % 10 < 2) cutApart(script);
    if ('errors' in parsed) {
      assert.ok(
        parsed.errors.length > 0 && parsed.errors.every(({ line, column }) => line > 0 && column > 0),
      );
      continue;
    }
    ran++;
    const { actions } = evaluate(parsed.script, readMail(mail, { from: '', to: 'x' }), { now: 0 });
    assert.ok(actions.length <= SIEVE_LIMITS.actions + 1, script);
    assert.ok(actions.length > 0, `nothing happens to the mail: ${script}`);
  }
  assert.ok(ran > ROUNDS / 20, `only ${ran} scripts ran`);
});

/** Whatever stands in a file: it is refused by a MailError, or its rules can be joined again. */
function cutApart(file: string): void {
  try {
    joinRules(splitRules(`# rule:[a]\n${file}\n# rule:[b]\n${file}`));
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
  }
}

/** A script that the words of the language make, often one that fits the grammar. */
function makeScript(random: (below: number) => number): string {
  const pick = () => WORDS[random(WORDS.length)]!;
  if (random(3) === 0) return REQUIRE + Array.from({ length: random(60) }, pick).join(' ');
  const tests = ['header', 'address', 'string'];
  const keys = ['"*a*b*"', '"${1}"', '"?*"', '"\\\\*"', '["x", ""]'];
  const commands = Array.from({ length: 1 + random(8) }, () => {
    const name = tests[random(tests.length)]!;
    const field = ['"from"', '["to", "cc"]', '"sender"'][random(3)]!;
    const match = [':is', ':contains', ':matches', ''][random(4)]!;
    const action = [
      'keep;',
      'fileinto "${1}a";',
      'discard;',
      'addflag "${2}";',
      'set "a" "${a}${1}";',
      'stop;',
    ];
    return `if ${random(2) === 0 ? 'not ' : ''}${name} ${match} ${field} ${keys[random(keys.length)]} { ${action[random(6)]} }`;
  });
  return REQUIRE + commands.join('\n');
}

function damage(text: string, random: (below: number) => number): string {
  const characters = Array.from(text);
  for (let count = random(4); count > 0; count--) {
    const mark = '{}[]();:,"\\*?$\0\n.#'.charAt(random(18));
    characters.splice(random(characters.length + 1), random(3), mark);
  }
  return characters.join('');
}

function damageBytes(bytes: Buffer, random: (below: number) => number): Buffer {
  const damaged = Buffer.from(bytes);
  for (let count = random(20); count > 0 && damaged.length > 0; count--) {
    damaged[random(damaged.length)] = random(256);
  }
  return damaged;
}
