import { PLAIN } from './mails.ts';
import { type Pair, run } from './pair.ts';

const V = 'require ["vacation", "variables", "vacation-seconds", "fileinto"]; ';
const WEEK = 7 * 86_400;

/** RFC 5230 and 6131: what an action asks for. */
export const vacationPairs: Pair[] = [
  run(`${V}vacation "away";`, PLAIN, `vacation seconds ${WEEK} text "away"; implicit INBOX`),
  run(`${V}vacation :days 3 "away";`, PLAIN, `vacation seconds ${3 * 86_400} text "away"; implicit INBOX`),
  run(`${V}vacation :seconds 90 "away";`, PLAIN, 'vacation seconds 90 text "away"; implicit INBOX'),
  run(
    `${V}vacation :subject "Ünï" "away";`,
    PLAIN,
    `vacation seconds ${WEEK} subject Ünï text "away"; implicit INBOX`,
  ),
  run(
    `${V}vacation :from "Me <me@example.com>" "away";`,
    PLAIN,
    `vacation seconds ${WEEK} from Me <me@example.com> text "away"; implicit INBOX`,
  ),
  run(
    `${V}vacation :addresses ["a@example.com"] :handle "h" :days 1 "away";`,
    PLAIN,
    'vacation seconds 86400 text "away"; implicit INBOX',
  ),
  run(
    `${V}if header :matches "subject" "*" { vacation :subject "Re: \${1}" "got \${1}"; }`,
    PLAIN,
    `vacation seconds ${WEEK} subject Re: Lunch on *Friday*? text "got Lunch on *Friday*?"; implicit INBOX`,
  ),
  run(
    `${V}vacation text:\nline one\n..dot\n\nlast\n.\n;`,
    PLAIN,
    `vacation seconds ${WEEK} text "line one\\n.dot\\n\\nlast\\n"; implicit INBOX`,
  ),
  run(
    `${V}vacation text: # a comment\nline\n.\n;`,
    PLAIN,
    `vacation seconds ${WEEK} text "line\\n"; implicit INBOX`,
  ),
  run(`${V}vacation "away"; fileinto "a";`, PLAIN, `vacation seconds ${WEEK} text "away"; store a`),
  run(`${V}vacation "away"; discard;`, PLAIN, `vacation seconds ${WEEK} text "away"; discard`),
  run(`${V}vacation "away"; vacation "again";`, PLAIN, 'failed'),
  run(`${V}vacation :from "no address" "away";`, PLAIN, 'refused'),
  run(`${V}vacation :days 3 :seconds 3 "away";`, PLAIN, 'refused'),
  run(`${V}vacation;`, PLAIN, 'refused'),
  run(`${V}vacation ["a", "b"];`, PLAIN, 'refused'),
];
