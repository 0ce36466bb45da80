import { PLAIN } from './mails.ts';
import { type Pair, run } from './pair.ts';

const F = 'require ["imap4flags", "fileinto"]; ';
const V = 'require ["imap4flags", "variables", "relational", "comparator-i;ascii-numeric", "fileinto"]; ';

/** RFC 5232. */
export const flagPairs: Pair[] = [
  run(`${F}setflag "\\\\Seen";`, PLAIN, 'implicit INBOX flags \\seen'),
  run(`${F}setflag "a"; setflag "b"; keep;`, PLAIN, 'store INBOX flags b'),
  run(`${F}addflag "a"; addflag "B"; keep;`, PLAIN, 'store INBOX flags a b'),
  run(`${F}addflag ["a", "b", "A"]; keep;`, PLAIN, 'store INBOX flags a b'),
  run(`${F}addflag "a b  c"; removeflag "B"; keep;`, PLAIN, 'store INBOX flags a c'),
  run(`${F}addflag "a"; removeflag ["a", "b"]; keep;`, PLAIN, 'store INBOX'),
  run(`${F}removeflag "a"; keep;`, PLAIN, 'store INBOX'),
  run(`${F}addflag "a"; keep :flags "b";`, PLAIN, 'store INBOX flags b'),
  run(`${F}addflag "a"; keep :flags "";`, PLAIN, 'store INBOX'),
  run(`${F}keep :flags ["\\\\Flagged", "$Label1"];`, PLAIN, 'store INBOX flags $label1 \\flagged'),
  run(`${F}fileinto :flags "\\\\Deleted" "a"; addflag "x";`, PLAIN, 'store a flags \\deleted'),
  run(
    `${F}addflag "x"; fileinto "a"; addflag "y"; fileinto "b";`,
    PLAIN,
    'store a flags x; store b flags x y',
  ),
  run(`${F}fileinto "a"; addflag "y"; fileinto "a";`, PLAIN, 'store a flags y'),
  run(`${F}addflag "y"; fileinto "a"; removeflag "y"; fileinto "a";`, PLAIN, 'store a'),
  run(`${F}addflag ["\\\\Recent", "\\\\Nonsense", "ok"]; keep;`, PLAIN, 'store INBOX flags ok'),
  run(`${F}addflag ["ñ", "(x)", "ok", "p%c", "{", "]z"]; keep;`, PLAIN, 'store INBOX flags ok'),
  run(`${F}addflag "&AOk-"; keep;`, PLAIN, 'store INBOX flags &aok-'),
  run(`${F}addflag "x"; if hasflag "X" { discard; }`, PLAIN, 'discard'),
  run(`${F}addflag ["x", "y"]; if hasflag :contains "y z" { discard; }`, PLAIN, 'discard'),
  run(`${F}addflag ["xyz", "y"]; if hasflag :matches "x*" { discard; }`, PLAIN, 'discard'),
  run(`${F}addflag ["xyz"]; if hasflag :contains "Y" { discard; }`, PLAIN, 'discard'),
  run(`${F}if hasflag "" { discard; }`, PLAIN, 'implicit INBOX'),
  run(`${F}addflag ["x", "y"]; if hasflag ["a", "Y"] { discard; }`, PLAIN, 'discard'),
  run(`${V}setflag "mine" "a b"; if hasflag "mine" "b" { discard; }`, PLAIN, 'discard'),
  run(`${V}setflag "mine" "a b"; addflag "mine" "c"; fileinto "\${mine}";`, PLAIN, 'store a b c'),
  run(
    `${V}setflag "mine" "a b"; removeflag "mine" "a"; fileinto :flags "\${mine}" "x";`,
    PLAIN,
    'store x flags b',
  ),
  run(`${V}setflag "mine" "a"; keep;`, PLAIN, 'store INBOX'),
  run(
    `${V}addflag ["a", "b", "c"]; if hasflag :count "eq" :comparator "i;ascii-numeric" "3" { discard; }`,
    PLAIN,
    'discard',
  ),
  run(`${V}set "f" "a"; addflag "\${f} b"; keep;`, PLAIN, 'store INBOX flags a b'),
];
