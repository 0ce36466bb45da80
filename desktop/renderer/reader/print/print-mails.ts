import { namePart } from '../../../../common/compose/name-part.ts';
import type { MailView } from '../../../../common/shapes/mail.ts';
import { mailQuery, queries, threadQuery } from '../../mail/cache/mail-cache.ts';
import { formatAddress } from '../../mail/people.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { toProblem } from '../../session/problem.ts';
import { dismiss, tell, tellProblem } from '../../shell/notices.ts';
import { formatFullDate } from '../../text/format.ts';
import { formatSize } from '../../text/format-more.ts';
import { mailTexts } from '../../text/mail.ts';
import { deliveryTexts } from '../../text/delivery.ts';
import { messageTexts } from '../../text/message.ts';
import { originTexts } from '../../text/origin.ts';
import { languageStore, say } from '../../text/text.ts';
import { listAttachments } from '../files/list-attachments.ts';
import { isShownInConversation } from '../conversation.tsx';
import { judgeOrigin } from '../head/judge-origin.ts';
import { readPictures } from '../pictures/remote-images.ts';
import { openPrintFrame } from './print-frame.ts';
import type { PrintedMail } from './print-page.ts';

/** Mails that are asked for at a time. */
const AT_ONCE = 8;
/** Milliseconds after which it is said that it takes a moment. */
const PATIENCE = 300;

/** One mail, with all that it quotes. */
export async function printMail(id: string): Promise<void> {
  await tryToPrint(async () => [id], 'mail');
}

/** All mails of a conversation that the reader shows, each with what is new in it. */
export async function printConversation(id: string, thread: string): Promise<void> {
  const list = async (): Promise<string[]> => {
    const rows = await queries.fetchQuery(threadQuery(id, thread));
    return rows.filter(isShownInConversation).map((row) => row.id);
  };
  await tryToPrint(list, 'conversation');
}

async function tryToPrint(list: () => Promise<string[]>, what: 'mail' | 'conversation'): Promise<void> {
  let notice: number | null = null;
  const timer = setTimeout(() => {
    notice = tell({ kind: 'done', text: say(messageTexts, 'printing'), action: null, lasts: null });
  }, PATIENCE);
  try {
    const mails = await readMails(await list());
    const title = mails[0]?.subject || say(mailTexts, 'no-subject');
    const printed = await Promise.all(mails.map(async (mail) => await describeMail(mail, title)));
    await openPrintFrame({
      title,
      count: what === 'mail' ? null : say(messageTexts, 'mails-in-all', { n: mails.length }),
      empty: say(mailTexts, 'no-text'),
      fold:
        what === 'mail'
          ? null
          : {
              quote: say(mailTexts, 'show-quoted'),
              signature: say(deliveryTexts, 'signature'),
              lines: (n) => say(mailTexts, 'quoted', { n }),
            },
      mails: printed,
    });
  } catch (error) {
    tellProblem(toProblem(error), () => void tryToPrint(list, what));
  } finally {
    clearTimeout(timer);
    if (notice !== null) dismiss(notice);
  }
}

async function readMails(ids: readonly string[]): Promise<MailView[]> {
  const mails: MailView[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    mails.push(...(await Promise.all(some.map(async (id) => await queries.fetchQuery(mailQuery(id))))));
  }
  return mails;
}

async function describeMail(mail: MailView, title: string): Promise<PrintedMail> {
  const language = languageStore.get();
  const { timeZone } = profileStore.get().preferences;
  const people = (list: MailView['to']): string => list.map(formatAddress).join(', ');
  const facts = [
    [say(mailTexts, 'from'), people(mail.from) || say(mailTexts, 'nobody')],
    [say(mailTexts, 'to'), people(mail.to)],
    [say(mailTexts, 'cc'), people(mail.cc)],
    [say(mailTexts, 'bcc'), people(mail.bcc)],
    [say(messageTexts, 'date'), formatFullDate(mail.date, language, timeZone)],
    [say(messageTexts, 'subject'), mail.subject === title ? '' : mail.subject],
  ] as const;
  const doubt = judgeOrigin(mail.authentication);
  const files = listAttachments(mail).map((part) => `${namePart(part)} (${formatSize(part.size, language)})`);
  return {
    mail,
    facts: facts.filter(([, value]) => value !== ''),
    warnings:
      doubt === null
        ? []
        : [
            doubt.kind === 'fails'
              ? say(originTexts, 'fails', { domain: doubt.domain })
              : say(originTexts, 'other', { domain: doubt.domain, by: doubt.by }),
          ],
    files:
      files.length === 0 ? '' : `${say(mailTexts, 'attachments', { n: files.length })}: ${files.join(', ')}`,
    pictures: await readPictures(mail).catch(() => undefined),
  };
}
