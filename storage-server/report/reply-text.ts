export interface ReplyText {
  code: number | null;
  enhanced: string | null;
}

/** What a reply of SMTP looks like somewhere in a text: `550 5.1.1 …`, `550-5.1.1`, `(#5.1.1)`, `#5.1.1`. */
const REPLY = /(?:^|[^\d.])([45]\d\d)(?=[ \-#(:,;]|$)[ \-#(:]*([45]\.\d{1,3}\.\d{1,3})?/;
const STATUS = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/;

/** Code and enhanced status that stand in a line. */
export function readReplyText(text: string): ReplyText {
  const reply = REPLY.exec(text);
  const enhanced = reply?.[2] ?? STATUS.exec(text)?.[1] ?? null;
  return { code: reply === null ? null : Number(reply[1]), enhanced };
}
