import { PLAIN } from './mails.ts';
import { type Pair, run, when } from './pair.ts';

const V = 'require ["variables", "fileinto", "relational", "comparator-i;ascii-numeric", "envelope"]; ';

function into(commands: string, text: string, mailbox: string, mail = PLAIN): Pair {
  return run(`${V}${commands} fileinto "${text}";`, mail, `store ${mailbox}`);
}

/** RFC 5229. */
export const variablePairs: Pair[] = [
  into('set "a" "x";', '[${a}]', '[x]'),
  into('set "a" "x"; set "A" "y";', '[${a}]', '[y]'),
  into('', '[${none}]', '[]'),
  into('set "a" "x"; set "b" "${a}${a}";', '${b}', 'xx'),
  into('set "a" "}";', '${a', '${a'),
  into('set "a" "x";', '${ a}', '${ a}'),
  into('set "a" "x";', '${a-b}${}', '${a-b}${}'),
  into('set "a" "x";', '$a$${a}', '$a$x'),
  into('set "a" "${b}"; set "b" "x";', '[${a}]', '[]'),
  into('set "_a1" "x";', '${_A1}', 'x'),
  into('set :upper "a" "abC ñ";', '${a}', 'ABC ñ'),
  into('set :lower "a" "ABc";', '${a}', 'abc'),
  into('set :upperfirst "a" "abc";', '${a}', 'Abc'),
  into('set :lowerfirst "a" "ABC";', '${a}', 'aBC'),
  into('set :upper :lowerfirst "a" "abc";', '${a}', 'aBC'),
  into('set :lowerfirst :upper "a" "abc";', '${a}', 'aBC'),
  into('set :length "a" "abc";', '${a}', '3'),
  into('set :length "a" "añ€";', '${a}', '3'),
  into('set :quotewildcard "a" "a*b?c\\\\d";', '${a}', 'a\\*b\\?c\\\\d'),
  into('set :quotewildcard :length "a" "a*b";', '${a}', '4'),
  into('set :length :upperfirst "a" "abc";', '${a}', '3'),
  into(
    'if header :matches "subject" "* on *" { }',
    '${0}|${1}|${2}|${3}',
    'Lunch on *Friday*?|Lunch|*Friday*?|',
  ),
  into(
    'if header :matches "subject" "lunch*" { } if header :matches "subject" "no*" { }',
    '${1}',
    ' on *Friday*?',
  ),
  into(
    'if header :matches "subject" "*" { } if true { if header :matches "from" "*<*@*" { } }',
    '${2}',
    'Ana.Lopez',
  ),
  into('if allof(header :matches "x-list" "t*", exists "x-none") { }', '${1}', 'wo'),
  into('if anyof(header :matches "x-list" "t*", header :matches "subject" "*") { }', '${1}', 'wo'),
  into('if not header :matches "x-list" "o*" { }', '[${1}]', '[ne]'),
  into('if address :matches "to" "*@*" { }', '${1} at ${2}', 'me at example.com'),
  into('if address :localpart :matches "cc" "*+*" { }', '${1} ${2}', 'team news'),
  into('if envelope :matches "from" "*@*" { }', '${1}', 'sender'),
  into('if header :matches ["x-none", "x-list"] ["x", "?wo"] { }', '${1}', 't'),
  into('set "p" "*day*"; if header :matches "subject" "${p}" { set "a" "yes"; }', '[${a}]', '[yes]'),
  into('set "h" "subject"; if header :contains "${h}" "lunch" { set "a" "yes"; }', '[${a}]', '[yes]'),
  into('if string :matches "one two" "* *" { }', '${2} ${1}', 'two one'),
  into(
    'set "a" "x"; if string :is :comparator "i;ascii-casemap" "${a}" "X" { set "a" "yes"; }',
    '${a}',
    'yes',
  ),
  into('if string :is ["a", "b"] ["c", "b"] { set "a" "yes"; }', '${a}', 'yes'),
  into(
    'if string :count "eq" :comparator "i;ascii-numeric" ["a", "", "b"] "2" { set "a" "yes"; }',
    '[${a}]',
    '[yes]',
  ),
  into('if string :value "gt" :comparator "i;ascii-numeric" "10" "9" { set "a" "yes"; }', '[${a}]', '[yes]'),
  into('if string :contains "" "" { set "a" "yes"; }', '[${a}]', '[yes]'),
  into('set "a" "${hex:41}";', '${a}', '${hex:41}'),
  run(`${V}set "a" "bob@example.net"; redirect "\${a}";`, PLAIN, 'redirect bob@example.net'),
  run(`${V}set "a" "not an address"; redirect "\${a}";`, PLAIN, 'failed'),
  run('require "fileinto"; fileinto "${a}";', PLAIN, 'store ${a}'),
  run(
    'require ["fileinto", "encoded-character"]; fileinto "${hex:41 42}${unicode: 20AC}";',
    PLAIN,
    'store AB€',
  ),
  run('require ["fileinto", "encoded-character"]; fileinto "${hex:c3 a9}";', PLAIN, 'store é'),
  run(
    'require ["fileinto", "encoded-character"]; fileinto "${hex:4d}${HEX: 41\n42 }${hex:}";',
    PLAIN,
    'store MAB${hex:}',
  ),
  run(
    'require ["fileinto", "encoded-character"]; fileinto "${unicode:41 }${unicode:}";',
    PLAIN,
    'store A${unicode:}',
  ),
  run('require ["fileinto"]; fileinto "${hex:41}";', PLAIN, 'store ${hex:41}'),
  run(
    'require ["fileinto", "encoded-character", "variables"]; set "a" "x"; fileinto "${hex:24}{a}";',
    PLAIN,
    'store x',
  ),
  when('string :is "x" "x"', PLAIN, true, ['variables']),
];
