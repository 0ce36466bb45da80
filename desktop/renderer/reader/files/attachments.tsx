import { lazy, Suspense, useMemo, useState } from 'react';
import { namePart } from '../../../../common/compose/name-part.ts';
import type { MailPart, MailView } from '../../../../common/shapes/mail.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { IconButton } from '../../parts/button.tsx';
import { readTokens } from '../../session/tokens.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { formatSize } from '../../text/format-more.ts';
import { mailTexts } from '../../text/mail.ts';
import { languageStore, useText } from '../../text/text.ts';
import { ContactCards, isCard } from './contact-card.tsx';
import { downloadPath } from './download-path.ts';
import { isLikelyShown, listAttachments } from './list-attachments.ts';

const Viewer = lazy(async () => ({ default: (await import('../../viewer/viewer.tsx')).Viewer }));

/** The mail's files: shown by the server, or downloaded by a signed address; in lab mode only shown. */
export function Attachments({ mail }: { mail: MailView }) {
  const t = useText(mailTexts);
  const files = useMemo(() => listAttachments(mail), [mail]);
  if (files.length === 0) return null;
  return (
    <section className="attachments" aria-label={t('attachments', { n: files.length })}>
      <h2>{t('attachments', { n: files.length })}</h2>
      {files.filter(isCard).map((part) => (
        <ContactCards key={part.id} mail={mail.id} part={part} />
      ))}
      <ul>
        {files.map((part) => (
          <Attachment key={part.id} mail={mail.id} part={part} />
        ))}
      </ul>
    </section>
  );
}

function Attachment({ mail, part }: { mail: string; part: MailPart }) {
  const t = useText(mailTexts);
  const language = useStore(languageStore);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const name = namePart(part);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      await downloadPath(`/mail/${mail}/part/${part.id}`);
    } catch (error) {
      tellProblem(toProblem(error), () => void download());
    } finally {
      setBusy(false);
    }
  };
  const values = { name, size: formatSize(part.size, language) };
  // The server refuses what a lab session may not have; the viewer says what may be saved.
  const isLab = readTokens()?.session.lab !== null;
  const label = t(isLab ? 'show-file' : 'download', values);
  return (
    <li>
      <button
        type="button"
        className="attachment"
        aria-busy={busy}
        aria-label={label}
        onClick={() => (isLab ? setOpen(true) : void download())}
      >
        <Icon name="file" size={20} />
        <span className="attachment-name">{name}</span>
        <span className="attachment-size">{values.size}</span>
        <Icon name={isLab ? 'eye' : 'download'} size={16} />
      </button>
      {!isLab && isLikelyShown(part) ? (
        <IconButton icon="eye" label={t('show-file', values)} onClick={() => setOpen(true)} />
      ) : null}
      {open ? (
        <Suspense fallback={null}>
          <Viewer mail={mail} part={part} onSave={() => void download()} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </li>
  );
}
