import { open } from 'node:fs/promises';
import type { Writer } from '../../server-kit/database/database.ts';
import type { StorageCore } from '../context.ts';
import { splitSource } from '../filing/ask/split-source.ts';
import type { BodySource } from '../filing/ask/read-body.ts';
import type { Arrival, Filing } from '../filing/filing.ts';
import type { BlobSource } from '../blob/blob-store.ts';
import type { IncomingMail, IngestedMail } from '../mail/ingest/ingest.ts';
import { recordNews } from '../sending/status/record-news.ts';
import { findBody } from '../mime/split.ts';
import { HEADER_BYTES, isReport } from './is-report.ts';
import { type MatchedRecipient, matchReport } from './match-report.ts';
import { mergeReport } from './merge-report.ts';
import { REPORT_BYTES, readReport } from './read-report.ts';
import { findSentCases } from './report-store.ts';

export type ReportCore = Pick<StorageCore, 'db' | 'home' | 'mails' | 'log'>;

/** A notification among arriving mails, and the sent mail that it is about. */
interface FoundReport {
  index: number;
  sent: { mail: string; messageId: string };
  matched: MatchedRecipient[];
  /** False: the sent mail is thrown away or gone, where nobody would see its status. */
  seen: boolean;
}

/**
 * Filing that knows delivery status notifications: those about a mail that was sent from here change its status in the
 * transaction that brings them, and lie read in Sent beside it. All others are filed as `inner` says.
 */
export function fileReports(core: ReportCore, inner: Filing): Filing {
  return {
    file: async (to, mails) => {
      const filed = await inner.file(to, mails);
      const reports = await findReports(core, to, mails);
      if (reports.length === 0) return filed;
      const { id } = await core.home.findMailbox(to.user, 'sent');
      const asFiled = filed?.mails ?? mails;
      return {
        mails: asFiled.map((mail, index) => {
          const report = reports.find((one) => one.index === index);
          if (report?.seen !== true) return mail;
          // A rule of the user's own that puts it somewhere stands above.
          const mailbox = mail.mailbox === mails[index]?.mailbox ? id : mail.mailbox;
          const flags = [...new Set([...mail.flags, 'seen' as const])];
          return { ...mail, mailbox, flags, references: [report.sent.messageId] };
        }),
        record: async (tx, ingested) => {
          await filed?.record(tx, ingested);
          for (const report of reports) await recordReport(core, tx, to.user, report, { mails, ingested });
        },
        finish: () => filed?.finish(),
      };
    },
  };
}

async function findReports(
  core: ReportCore,
  { user }: Arrival,
  mails: readonly IncomingMail[],
): Promise<FoundReport[]> {
  const found: FoundReport[] = [];
  for (const [index, mail] of mails.entries()) {
    try {
      if (!isReport(await readHeader(mail.source))) continue;
      const { header, body } = await splitSource(mail.source);
      const report = readReport(header, await readBegin(body));
      if (report === null) continue;
      for (const sent of await findSentCases(core.db.read, user, report)) {
        const matched = matchReport(report, sent);
        if (matched.length === 0) continue;
        const [row] = await core.mails.readRows(user, [sent.mail]);
        found.push({ index, sent, matched, seen: row !== undefined && row.role !== 'trash' });
        break;
      }
    } catch (error) {
      // A mail that nobody thought of stays a mail like others.
      core.log.error('report.failed', { error });
    }
  }
  return found;
}

/** Enough of it to see whether more is worth reading: of a large mail in a file only that. */
async function readHeader(source: BlobSource): Promise<Buffer> {
  if (!('path' in source)) return (await splitSource(source)).header;
  const begin = await readBegin({ path: source.path, start: 0 }, HEADER_BYTES);
  return begin.subarray(0, findBody(begin));
}

async function readBegin(body: BodySource, size = REPORT_BYTES): Promise<Buffer> {
  if (!('path' in body)) return Buffer.from(body.buffer, body.byteOffset, body.length);
  const file = await open(body.path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, body.start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function recordReport(
  core: ReportCore,
  tx: Writer,
  user: string,
  { index, sent, matched }: FoundReport,
  { mails, ingested }: { mails: readonly IncomingMail[]; ingested: readonly IngestedMail[] },
): Promise<void> {
  const arrived = ingested[index];
  const received = mails[index]?.received ?? 0;
  // What another account brought before was taken in then.
  if (arrived?.added !== true) return;
  const change = await recordNews(tx, { user, mail: sent.mail }, matched, (before, { reported }) =>
    mergeReport(before, reported, { mail: arrived.mailId, received }),
  );
  await core.mails.touchWithin(tx, user, [sent.mail], change);
}
