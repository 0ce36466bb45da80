import { useStore } from '../../parts/store.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { PlainEditor } from './plain-editor.tsx';
import { RichEditor } from './rich-editor.tsx';

/** The body: with format by Squire, or plain text. */
export function Editor({ session, onFiles }: { session: DraftSession; onFiles: (files: File[]) => void }) {
  const { content, bodyRevision } = useStore(session.store);
  // Who changed the format goes on writing; where a mail is only opened, its form puts the cursor.
  const focus = bodyRevision > 0;
  return content.html === null ? (
    <PlainEditor key={bodyRevision} session={session} focus={focus} />
  ) : (
    <RichEditor key={bodyRevision} session={session} focus={focus} onFiles={onFiles} />
  );
}
