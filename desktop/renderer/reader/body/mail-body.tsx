import { useMemo, useState } from 'react';
import type { MailView } from '../../../../common/shapes/mail.ts';
import { deliveryTexts } from '../../text/delivery.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { HtmlBody } from './html-body.tsx';
import { openLink } from '../links/open-link.ts';
import { LinkDialog } from '../links/link-dialog.tsx';
import { judgeLink, shownTarget, type LinkWarning } from '../links/links.ts';
import { UnsubscribeNote } from '../head/unsubscribe-note.tsx';
import { splitQuotes, type Block, type Piece } from './plain-text.ts';

/** A link that was clicked and does not go where it says. */
export interface DoubtfulLink {
  href: string;
  warning: LinkWarning;
}

/** The text of a mail: HTML in its own harmless frame, or plain text with safe links. */
export function MailBody({ mail }: { mail: MailView }) {
  const t = useText(mailTexts);
  const [doubt, setDoubt] = useState<DoubtfulLink | null>(null);
  const follow = (text: string, href: string): void => {
    const warning = judgeLink(text, href);
    if (warning === null) openLink(href);
    else setDoubt({ href, warning });
  };
  return (
    <div className="mail-body" data-testid="message-body">
      {mail.unsubscribe ? <UnsubscribeNote mail={mail.id} way={mail.unsubscribe} /> : null}
      {mail.html === null ? (
        <PlainBody text={mail.text ?? ''} empty={t('no-text')} onFollow={follow} />
      ) : (
        <HtmlBody mail={mail} html={mail.html} onFollow={follow} />
      )}
      {doubt === null ? null : <LinkDialog link={doubt} onClose={() => setDoubt(null)} />}
    </div>
  );
}

type Follow = (text: string, href: string) => void;

function PlainBody({ text, empty, onFollow }: { text: string; empty: string; onFollow: Follow }) {
  const blocks = useMemo(() => splitQuotes(text), [text]);
  if (text.trim() === '') return <p className="mail-empty">{empty}</p>;
  return (
    <div className="plain-body" dir="auto">
      {blocks.map((block, at) => (
        <PlainBlock key={at} block={block} onFollow={onFollow} />
      ))}
    </div>
  );
}

/** Lines; a short one is sooner read than opened. */
const SHORT_SIGNATURE = 5;

function PlainBlock({ block, onFollow }: { block: Block; onFollow: Follow }) {
  const t = useText(mailTexts);
  const delivery = useText(deliveryTexts);
  const pieces = block.pieces.map((piece, at) => <PlainPiece key={at} piece={piece} onFollow={onFollow} />);
  if (block.kind === 'words') return <div className="plain-words">{pieces}</div>;
  const signature = block.kind === 'signature';
  if (signature && block.lines <= SHORT_SIGNATURE) {
    return <div className="plain-words plain-signature">{pieces}</div>;
  }
  return (
    <details className="plain-quote">
      <summary>{signature ? delivery('signature') : t('quoted', { n: block.lines })}</summary>
      <div className="plain-words">{pieces}</div>
    </details>
  );
}

function PlainPiece({ piece, onFollow }: { piece: Piece; onFollow: Follow }) {
  if (piece.kind === 'text') return piece.text;
  return (
    <a
      href={piece.href}
      title={shownTarget(piece.href)}
      target="_blank"
      rel="noopener noreferrer nofollow"
      onClick={(event) => {
        event.preventDefault();
        onFollow(piece.text, piece.href);
      }}
    >
      {piece.text}
    </a>
  );
}
