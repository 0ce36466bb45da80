import { PLAIN } from './mails.ts';
import { type Pair, run, when } from './pair.ts';

const A = `Subject: ${'a'.repeat(3000)}b\n\nx\n`;

/** RFC 5228 2.7.1, also what would take an exponential matcher years. */
export const wildcardPairs: Pair[] = [
  when('header :matches "subject" "lunch*"', PLAIN, true),
  when('header :matches "subject" "*friday*"', PLAIN, true),
  when('header :matches "subject" "lunch"', PLAIN, false),
  when('header :matches "subject" "l????*?"', PLAIN, true),
  when('header :matches "subject" "*\\\\*friday\\\\*\\\\?"', PLAIN, true),
  when('header :matches "subject" "*\\\\*friday\\\\?*"', PLAIN, false),
  when('header :matches "subject" "**lunch**"', PLAIN, true),
  when('header :matches "subject" ""', PLAIN, false),
  when('header :matches "subject" "*"', PLAIN, true),
  when('header :matches "subject" "?*?"', PLAIN, true),
  when('header :comparator "i;octet" :matches "subject" "lunch*"', PLAIN, false),
  when('header :matches "subject" "*a*a*a*a*a*a*a*a*a*a*c"', A, false),
  when('header :matches "subject" "*a*a*a*a*a*a*a*a*a*a*b"', A, true),
  when('header :matches "subject" "a?a?a?a?*a?a?ab"', A, true),
  when(`header :matches "subject" "${'*a'.repeat(40)}*"`, A, true),
  when('header :matches "subject" "*ab*ab"', 'Subject: xabyab\n\nx\n', true),
  when('header :matches "subject" "*ab*ab"', 'Subject: xab\n\nx\n', false),
  when('header :matches "subject" "ab*ba"', 'Subject: aba\n\nx\n', false),
  when('header :matches "subject" "a\\\\\\\\b"', 'Subject: a\\b\n\nx\n', true),
  when('header :matches "subject" "a\\\\b"', 'Subject: ab\n\nx\n', true),
  when('header :contains "subject" "*"', 'Subject: stars\n\nx\n', false),
  when('header :contains "subject" "?"', 'Subject: a?\n\nx\n', true),
  ...(
    [
      ['*-*', 'a-b-c', 'a,b-c,,'],
      ['*-?-*', 'a-b-c', 'a,b,c,'],
      ['[*] *: *', '[list] Re: a: b', 'list,Re,a: b,'],
      ['?*', 'abc', 'a,bc,,'],
      ['**', 'abc', ',abc,,'],
      ['*?', 'abc', 'ab,c,,'],
      ['*b?d*', 'aabcdbedx', 'aa,c,bedx,'],
      ['*@*.*', 'x@y.z.w', 'x,y,z.w,'],
      ['ABC', 'abc', ',,,'],
      ['*ab', 'abab', 'ab,,,'],
    ] as const
  ).map(([pattern, subject, found]) =>
    run(
      `require ["variables", "fileinto"];\nif header :matches "subject" "${pattern}" { fileinto "\${1},\${2},\${3},\${4}"; }`,
      `Subject: ${subject}\n\nx\n`,
      `store ${found}`,
    ),
  ),
];
