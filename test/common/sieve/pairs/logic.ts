import { PLAIN } from './mails.ts';
import { DROPPED, KEPT, type Pair, run, when } from './pair.ts';

/** RFC 5228 3 and 5: control commands and tests of tests. */
export const logicPairs: Pair[] = [
  when('true', PLAIN, true),
  when('false', PLAIN, false),
  when('not true', PLAIN, false),
  when('not not true', PLAIN, true),
  when('allof(true, true, false)', PLAIN, false),
  when('allof(true, not false)', PLAIN, true),
  when('anyof(false, false, true)', PLAIN, true),
  when('anyof(false, not true)', PLAIN, false),
  when('anyof(allof(true, false), allof(true, anyof(false, true)))', PLAIN, true),
  when('allof(true)', PLAIN, true),
  when('NOT False', PLAIN, true),
  run('', PLAIN, KEPT),
  run('# only a comment\n/* and\nanother */', PLAIN, KEPT),
  run('if false { discard; } elsif true { keep; } else { discard; }', PLAIN, 'store INBOX'),
  run('if false { discard; } elsif false { keep; } else { discard; }', PLAIN, DROPPED),
  run('if true { } elsif true { discard; }', PLAIN, KEPT),
  run('if true { if false { keep; } else { discard; } }', PLAIN, DROPPED),
  run('if true { stop; } discard;', PLAIN, KEPT),
  run('stop;', PLAIN, KEPT),
  run('discard; stop; keep;', PLAIN, DROPPED),
  run('if true { discard; stop; } keep;', PLAIN, DROPPED),
  run('if false { stop; } discard;', PLAIN, DROPPED),
  run('IF TRUE { DISCARD; }', PLAIN, DROPPED),
  run('if/*x*/true/*y*/{discard/*z*/;}#end', PLAIN, DROPPED),
  run('require "fileinto"; require ["envelope", "copy"]; discard;', PLAIN, DROPPED),
  run('require "fileinto";\r\nfileinto "a";\r\n', PLAIN, 'store a'),
  run('require [ "fileinto" , "fileinto" ] ;\n\tfileinto\n"a"\n;', PLAIN, 'store a'),
];
