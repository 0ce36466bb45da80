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
import { openAttached } from './open-attached.ts';
import { resumeUploads, stopUpload, type Upload } from './uploads.ts';

/** The files of a draft, and those on their way with their progress; pictures that the text shows are seen there. */
export function AttachmentList({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const { attachments, pictures } = useStore(session.store);
  const under = useStore(session.uploads);
  const unseen = new Set(session.listUnseen());
  const files = attachments.filter(({ id }) => !pictures.has(id) && !unseen.has(id));
  if (files.length === 0 && under.length === 0) return null;
  return (
    <ul className="draft-files" aria-label={t('files')}>
      {files.map((file) => (
        <Attached key={file.id} session={session} file={file} />
      ))}
      {under.map((upload) => (
        <OnItsWay key={upload.key} session={session} upload={upload} />
      ))}
    </ul>
  );
}

function Attached({ session, file }: { session: DraftSession; file: DraftAttachment }) {
  const t = useText(composerTexts);
  const language = useStore(languageStore);
  const detach = async (): Promise<void> => {
    const { id } = session.store.get();
    if (id === null) return;
    session.setAttachments((list) => list.filter((one) => one.id !== file.id));
    try {
      const { version } = await storageServer().draft.detach.mutate({ id, attachment: file.id });
      session.takeVersion(version);
    } catch (error) {
      session.setAttachments((list) => [...list, file]);
      tellProblem(toProblem(error), () => void detach());
    }
  };
  return (
    <li className="draft-file" data-testid="draft-file">
      <Icon name="file" size={18} />
      <button
        type="button"
        className="attachment-name link-button"
        title={t('open-file', { file: file.name })}
        onClick={() => void openAttached(session, file)}
      >
        {file.name}
      </button>
      <span className="attachment-size">{formatSize(file.size, language)}</span>
      <IconButton icon="close" label={t('remove-file', { file: file.name })} onClick={() => void detach()} />
    </li>
  );
}

function OnItsWay({ session, upload }: { session: DraftSession; upload: Upload }) {
  const t = useText(composerTexts);
  const { file, sent, state } = upload;
  return (
    <li className="draft-file draft-file-busy" data-testid="draft-upload" data-state={state}>
      <Icon name={state === 'stopped' ? 'offline' : 'file'} size={18} />
      <span className="attachment-name">{file.name}</span>
      {state === 'stopped' ? (
        <button type="button" className="link-button" onClick={() => resumeUploads(session)}>
          {t('upload-stopped')}
        </button>
      ) : (
        <progress
          max={Math.max(1, file.size)}
          value={sent}
          aria-label={t('uploading', { file: file.name })}
        />
      )}
      <IconButton
        icon="close"
        label={t('stop-upload', { file: file.name })}
        onClick={() => stopUpload(session, upload)}
      />
    </li>
  );
}
