import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { startDovecot, type Dovecot } from '../../test/harness/dovecot.ts';
import { findFreePort } from '../../test/harness/ports.ts';
import { startSmtpSink } from '../../test/harness/smtp-sink.ts';
import { runValija, startSystem } from '../../test/harness/system.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { makeMailCorpus } from '../store/corpus.ts';
import { makeLetters } from './letters.ts';
import { describeRoundcube, describeValija, READER, type MailProgram } from './programs.ts';
import { startRoundcubeServer } from './roundcube.ts';

/** What both programs show, and where they send to. */
export interface Servers {
  programs: MailProgram[];
  /** The peer's name and version, null where it is not installed. */
  peer: string | null;
  /** Small mails put into Valija alone, older than all others. */
  addMails(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** More than one page of a list. */
const LETTERS = 60;

/** Both on one maildrop with so many mails; Valija has fetched all of them. */
export async function startServers(mails: number, withPeer: boolean): Promise<Servers> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const imap = await findFreePort();
    const extra = withPeer ? writeImap(imap) : '';
    const dovecot = await startDovecot({ users: { [READER.name]: READER.maildrop }, extra });
    ends.push(async () => await dovecot.stop());
    for (const mail of makeMailCorpus(mails, 7)) dovecot.deliver(READER.name, [mail]);
    dovecot.deliver(READER.name, makeLetters(LETTERS));
    const sink = await startSmtpSink();
    ends.push(async () => await sink.stop());
    const system = await startSystem({
      mode: 'start',
      env: { VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}` },
    });
    ends.push(async () => await system.stop());
    const run = async (args: string[]): Promise<void> => {
      const { name, password } = READER;
      const { code, stderr } = await runValija(system, args, { user: name, password });
      if (code !== 0) throw new Error(`valija ${args.join(' ')}: ${stderr}`);
    };
    await fetchMail(run, dovecot);
    const addMails = async (count: number): Promise<void> => await importMails(run, count);
    const programs = [describeValija(system.ready.web ?? '', system.ready.storage ?? '')];
    if (!withPeer) return { programs, peer: null, addMails, stop };
    const roundcube = await startRoundcubeServer({ imap, smtp: sink.port });
    ends.push(async () => await roundcube.stop());
    programs.push(describeRoundcube(roundcube.url));
    return { programs, peer: `Roundcube ${roundcube.version}`, addMails, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** IMAP beside POP3, on the same Maildir. */
function writeImap(port: number): string {
  return `protocols = pop3 imap
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
}
namespace inbox {
  inbox = yes
}
`;
}

async function importMails(run: (args: string[]) => Promise<void>, count: number): Promise<void> {
  const temp = makeTempDir('mbox');
  try {
    const file = join(temp.path, 'small.mbox');
    const out = openSync(file, 'w');
    for (let at = 0; at < count; at++) writeSync(out, makeSmallMail(at));
    closeSync(out);
    await run(['import', file]);
  } finally {
    temp.remove();
  }
}

function makeSmallMail(at: number): string {
  const date = new Date(Date.UTC(2015, 0, 1) - at * 60_000).toUTCString().replace('GMT', '+0000');
  const head = `From: Old ${at % 50} <old${at % 50}@far.test>\nTo: ana@example.test\nSubject: Old mail ${at}\nDate: ${date}`;
  return `From old@far.test Thu Jan  1 00:00:00 2015\n${head}\nMessage-ID: <old-${at}@far.test>\n\nText ${at}.\n\n`;
}

async function fetchMail(run: (args: string[]) => Promise<void>, dovecot: Dovecot): Promise<void> {
  const temp = makeTempDir('secret');
  try {
    const file = join(temp.path, 'password');
    writeFileSync(file, READER.maildrop);
    const pop3 = ['--pop3-host', '127.0.0.1', '--pop3-port', `${dovecot.port}`, '--pop3-tls', 'none'];
    const login = ['--pop3-user', READER.name, '--pop3-password-file', file, '--keep', 'always'];
    await run(['register']);
    await run(['account', 'add', '--email', 'ana@example.test', ...pop3, ...login, '--send', 'relay']);
    await run(['check']);
  } finally {
    temp.remove();
  }
}
