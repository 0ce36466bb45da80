import { decodePercent } from '../../../../common/compose/decode-percent.ts';
import type { MailPart, MailView } from '../../../../common/shapes/mail.ts';
import { readPictureType } from '../pictures/picture-type.ts';

type Shown = Pick<MailView, 'parts' | 'text' | 'html'>;

/** Forms of the text, of which the reader shows the best; and what only says how the rest is to be read. */
const TEXTS = /^text\/(?:plain|html|x-amp-html|watch-html|enriched|richtext)$/;
const INVITATION = /^(?:text\/calendar|application\/ics)$/;
const MARKS = /^application\/(?:pgp-encrypted|pgp-signature|(?:x-)?pkcs7-signature)$/;

/** The parts that a reader would call attachments: whatever he would not see otherwise, with a name or without one. */
export function listAttachments(mail: Shown): MailPart[] {
  const pictures = listShownPictures(mail);
  const hasInvitation = mail.parts.some(({ name, type }) => name !== null && INVITATION.test(type));
  const hasText = mail.text !== null || mail.html !== null;
  return mail.parts.filter((part) => {
    if (part.disposition === 'attachment') return true;
    if (pictures.has(part)) return false;
    if (part.name !== null) return true;
    // Once for programs that read it in the mail, once for people: one file.
    if (hasInvitation && INVITATION.test(part.type)) return false;
    return !(hasText && TEXTS.test(part.type)) && !MARKS.test(part.type);
  });
}

/** Pictures that stand in the HTML. Many programs give every file a Content-ID, also those that no text shows. */
function listShownPictures({ parts, html }: Shown): Set<MailPart> {
  const shown = new Set<MailPart>();
  const known = new Map<string, MailPart>();
  for (const part of parts) {
    if (part.contentId !== null && !known.has(part.contentId)) known.set(part.contentId, part);
  }
  if (known.size === 0) return shown;
  for (const [, id = ''] of (html ?? '').matchAll(/\bsrc\s*=\s*(?:["']\s*)?cid:([^"'\s<>]{1,500})/gi)) {
    const part = known.get(decodePercent(id.replaceAll('&amp;', '&')));
    if (part !== undefined && readPictureType(part) !== null) shown.add(part);
  }
  return shown;
}

const SHOWN =
  /^(?:image\/(?:(?:x-)?png|p?jpe?g|gif|webp)|application\/(?:x-)?pdf|text\/.*|message\/.*|.*[/+](?:json|xml))$/;
const SHOWN_ENDING = /\.(?:pdf|png|jpe?g|gif|webp|txt|csv|log|md|json|xml|ics|vcf|eml)$/i;

/** What the server is likely to show; what it really is, is seen by its bytes. Many programs send every file as bytes of no kind. */
export function isLikelyShown({ type, name }: Pick<MailPart, 'type' | 'name'>): boolean {
  if (SHOWN.test(type)) return true;
  return (
    /^application\/(?:octet-stream|force-download|x-download|download|unknown)$/.test(type) &&
    SHOWN_ENDING.test(name ?? '')
  );
}
