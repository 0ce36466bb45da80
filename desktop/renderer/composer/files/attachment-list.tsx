import type { DraftAttachment } from '../../../../common/shapes/draft.ts';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { composerTexts } from '../../text/composer.ts';
import { formatSize } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import type { DraftSession } from '../session/draft-session.ts';
import type { Uploads } from './uploads.ts';

/** The files of a draft, and those on their way with their progress. */
export function AttachmentList({ session, uploads }: { session: DraftSession; uploads: Uploads }) {
  const t = useText(composerTexts);
  const language = useStore(languageStore);
  const { attachments, id } = useStore(session.store);
  const under = useStore(uploads.store);
  if (attachments.length === 0 && under.length === 0) return null;
  const detach = async (attachment: DraftAttachment): Promise<void> => {
    if (id === null) return;
    session.setAttachments((list) => list.filter((one) => one.id !== attachment.id));
    try {
      const { version } = await storageServer().draft.detach.mutate({ id, attachment: attachment.id });
      session.takeVersion(version);
    } catch (error) {
      session.setAttachments((list) => [...list, attachment]);
      tellProblem(toProblem(error), () => void detach(attachment));
    }
  };
  return (
    <ul className="draft-files" aria-label={t('files')}>
      {attachments.map((file) => (
        <li key={file.id} className="draft-file" data-testid="draft-file">
          <Icon name="file" size={18} />
          <span className="attachment-name">{file.name}</span>
          <span className="attachment-size">{formatSize(file.size, language)}</span>
          <IconButton
            icon="close"
            label={t('remove-file', { file: file.name })}
            onClick={() => void detach(file)}
          />
        </li>
      ))}
      {under.map((file) => (
        <li key={file.key} className="draft-file draft-file-busy">
          <Icon name="file" size={18} />
          <span className="attachment-name">{file.name}</span>
          <progress
            max={Math.max(1, file.size)}
            value={file.sent}
            aria-label={t('uploading', { file: file.name })}
          />
          <IconButton
            icon="close"
            label={t('stop-upload', { file: file.name })}
            onClick={() => file.stop.abort()}
          />
        </li>
      ))}
    </ul>
  );
}
