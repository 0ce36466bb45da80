import { PLAIN } from './mails.ts';
import { type Pair, when } from './pair.ts';

const R = ['relational', 'comparator-i;ascii-numeric'];
const NUMERIC = ':comparator "i;ascii-numeric"';

/** RFC 5231, RFC 4790 9.1. */
export const relationalPairs: Pair[] = [
  when(`header :count "eq" ${NUMERIC} "x-list" "3"`, PLAIN, true, R),
  when(`header :count "ge" ${NUMERIC} ["x-list", "subject"] "4"`, PLAIN, true, R),
  when(`header :count "gt" ${NUMERIC} "x-list" "3"`, PLAIN, false, R),
  when(`header :count "lt" ${NUMERIC} "x-none" "1"`, PLAIN, true, R),
  when(`header :count "ne" ${NUMERIC} "x-list" ["3", "4"]`, PLAIN, true, R),
  when(`address :count "eq" ${NUMERIC} "to" "2"`, PLAIN, true, R),
  when(`address :count "eq" ${NUMERIC} ["to", "cc"] "3"`, PLAIN, true, R),
  when(`header :value "gt" ${NUMERIC} "x-spam-score" "5"`, PLAIN, true, R),
  when(`header :value "ge" ${NUMERIC} "x-spam-score" "7.9"`, PLAIN, true, R),
  when(`header :value "lt" ${NUMERIC} "x-priority" "11"`, PLAIN, true, R),
  when(`header :value "eq" ${NUMERIC} "x-priority" "10"`, PLAIN, true, R),
  when(`header :is ${NUMERIC} "x-priority" "10"`, PLAIN, true, R),
  when(`header :is ${NUMERIC} "subject" "word"`, PLAIN, true, R),
  when(`header :value "gt" ${NUMERIC} "subject" "99999999"`, PLAIN, true, R),
  when(`header :value "lt" ${NUMERIC} "subject" "99999999"`, PLAIN, false, R),
  when(
    `header :value "gt" ${NUMERIC} "x-n" "18446744073709551615"`,
    'X-N: 18446744073709551616\n\nx\n',
    true,
    R,
  ),
  when('header :value "gt" "x-list" "three"', PLAIN, true, R),
  when('header :value "lt" "x-list" "THREE"', PLAIN, true, R),
  when('header :value "le" :comparator "i;octet" "x-list" "ONE"', PLAIN, false, R),
  when('header :value "eq" "x-list" "TWO"', PLAIN, true, R),
  when('header :value "ne" "x-list" "one"', PLAIN, true, R),
  when('header :value "ge" "x-list" "twoo"', PLAIN, false, R),
  when('address :value "gt" :domain "from" "example.com"', PLAIN, true, R),
];
