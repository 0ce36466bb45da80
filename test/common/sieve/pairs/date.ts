import { PLAIN } from './mails.ts';
import { type Pair, when } from './pair.ts';

const D = ['date', 'relational', 'index', 'comparator-i;ascii-numeric'];
const Z = ':originalzone';

/** RFC 5260 and 5183. */
export const datePairs: Pair[] = [
  when(`date ${Z} "date" "date" "2026-03-03"`, PLAIN, true, D),
  when(`date ${Z} "date" "year" "2026"`, PLAIN, true, D),
  when(`date ${Z} "date" "month" "03"`, PLAIN, true, D),
  when(`date ${Z} "date" "day" "03"`, PLAIN, true, D),
  when(`date ${Z} "date" "hour" "09"`, PLAIN, true, D),
  when(`date ${Z} "date" "minute" "15"`, PLAIN, true, D),
  when(`date ${Z} "date" "second" "00"`, PLAIN, true, D),
  when(`date ${Z} "date" "time" "09:15:00"`, PLAIN, true, D),
  when(`date ${Z} "date" "iso8601" "2026-03-03T09:15:00-05:00"`, PLAIN, true, D),
  when(`date ${Z} "date" "std11" "Tue, 03 Mar 2026 09:15:00 -0500"`, PLAIN, true, D),
  when(`date ${Z} "date" "zone" "-0500"`, PLAIN, true, D),
  when(`date ${Z} "date" "weekday" "2"`, PLAIN, true, D),
  when(`date ${Z} "date" "julian" "61102"`, PLAIN, true, D),
  when('date :zone "+0000" "date" "hour" "14"', PLAIN, true, D),
  when('date :zone "+0530" "date" "time" "19:45:00"', PLAIN, true, D),
  when('date :zone "+1400" "date" "date" "2026-03-04"', PLAIN, true, D),
  when(`date ${Z} "received" "hour" "10"`, PLAIN, true, D),
  when(`date ${Z} "x-none" "hour" "10"`, PLAIN, false, D),
  when(`date ${Z} "subject" "hour" "10"`, PLAIN, false, D),
  when(`date :value "ge" ${Z} "date" "date" "2026-01-01"`, PLAIN, true, D),
  when(`date :value "lt" ${Z} "date" "date" "2026-01-01"`, PLAIN, false, D),
  when('currentdate :value "gt" "date" "2020-01-01"', PLAIN, true, D),
  when('currentdate :matches "year" "20??"', PLAIN, true, D),
  when('currentdate :value "lt" "date" "2020-01-01"', PLAIN, false, D),
  when('header :index 1 "x-list" "one"', PLAIN, true, D),
  when('header :index 1 "x-list" "two"', PLAIN, false, D),
  when('header :index 3 "x-list" "three"', PLAIN, true, D),
  when('header :index 4 "x-list" "three"', PLAIN, false, D),
  when('header :index 1 :last "x-list" "three"', PLAIN, true, D),
  when('header :last :index 3 "x-list" "one"', PLAIN, true, D),
  when('address :index 1 "to" "me@example.com"', PLAIN, true, D),
  when('environment :is "vnd.valija.account" "acc_0"', PLAIN, false, ['environment']),
  when('environment :is "no-such-item" ""', PLAIN, false, ['environment']),
  when('environment :is "vnd.valija.has-attachment" "yes"', PLAIN, false, ['environment']),
];
