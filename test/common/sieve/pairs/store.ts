import { PLAIN } from './mails.ts';
import { DROPPED, KEPT, type Pair, run } from './pair.ts';

const F = 'require "fileinto"; ';
const C = 'require ["fileinto", "copy"]; ';
const M = 'require ["fileinto", "mailbox"]; ';

/** RFC 5228 4 and 2.10, RFC 3894, RFC 5490: where a mail goes, and what goes together. */
export const storePairs: Pair[] = [
  run('keep;', PLAIN, 'store INBOX'),
  run('discard;', PLAIN, DROPPED),
  run(`${F}fileinto "a";`, PLAIN, 'store a'),
  run(`${F}fileinto "a/b/c d";`, PLAIN, 'store a/b/c d'),
  run(`${F}fileinto "Año";`, PLAIN, 'store Año'),
  run(`${F}fileinto "a"; fileinto "b";`, PLAIN, 'store a; store b'),
  run(`${F}fileinto "a"; fileinto "a";`, PLAIN, 'store a'),
  run(`${F}fileinto "a"; keep;`, PLAIN, 'store a; store INBOX'),
  run(`${F}keep; fileinto "INBOX";`, PLAIN, 'store INBOX'),
  run(`${F}discard; fileinto "a";`, PLAIN, 'discard; store a'),
  run(`${F}fileinto "a"; discard;`, PLAIN, 'store a; discard'),
  run('keep; discard;', PLAIN, 'store INBOX; discard'),
  run('discard; discard;', PLAIN, DROPPED),
  run('keep; keep;', PLAIN, 'store INBOX'),
  run('redirect "bob@example.net";', PLAIN, 'redirect bob@example.net'),
  run('redirect "bob@example.net"; keep;', PLAIN, 'redirect bob@example.net; store INBOX'),
  run('redirect "bob@example.net"; redirect "bob@example.net";', PLAIN, 'redirect bob@example.net'),
  run(
    'redirect "b@example.net"; redirect "c@example.net";',
    PLAIN,
    'redirect b@example.net; redirect c@example.net',
  ),
  run('redirect "Bob <bob@example.net>";', PLAIN, 'redirect bob@example.net'),
  run('redirect "<bob@example.net>";', PLAIN, 'redirect bob@example.net'),
  run(`${C}redirect :copy "bob@example.net";`, PLAIN, `redirect bob@example.net; ${KEPT}`),
  run(`${C}redirect :copy "b@example.net"; discard;`, PLAIN, 'redirect b@example.net; discard'),
  run(`${C}redirect :copy "b@example.net"; fileinto "a";`, PLAIN, 'redirect b@example.net; store a'),
  run(`${C}fileinto :copy "a";`, PLAIN, `store a; ${KEPT}`),
  run(`${C}fileinto :copy "a"; fileinto :copy "b";`, PLAIN, `store a; store b; ${KEPT}`),
  run(`${C}fileinto :copy "a"; keep;`, PLAIN, 'store a; store INBOX'),
  run(`${C}fileinto :copy "a"; stop;`, PLAIN, `store a; ${KEPT}`),
  run(
    ['a', 'b', 'c', 'd'].map((one) => `redirect "${one}@example.net";`).join(' '),
    PLAIN,
    ['a', 'b', 'c', 'd'].map((one) => `redirect ${one}@example.net`).join('; '),
  ),
  run(['a', 'b', 'c', 'd', 'e'].map((one) => `redirect "${one}@example.net";`).join(' '), PLAIN, 'failed'),
  run(F + Array.from({ length: 33 }, (_one, index) => `fileinto "m${index}";`).join('\n'), PLAIN, 'failed'),
  run(`${M}fileinto :create "new/one";`, PLAIN, 'store new/one create'),
  run(`${M}if mailboxexists "no such" { discard; }`, PLAIN, KEPT),
  run(`${M}if not mailboxexists ["INBOX", "no such"] { discard; }`, PLAIN, DROPPED),
];
