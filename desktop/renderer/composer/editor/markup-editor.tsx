import { useMemo } from 'react';
import { ownPictures } from '../pictures/own-pictures.ts';
import type { Written } from './rich-body.ts';
import { RichEditor } from './rich-editor.tsx';

/** The editor for what is written once and used often: its pictures stand in the text itself, and it has no other files. */
export function MarkupEditor({ text, label }: { text: Omit<Written, 'pictures'>; label: string }) {
  const session = useMemo(() => ({ ...text, pictures: ownPictures }), [text]);
  return <RichEditor session={session} label={label} onFiles={() => undefined} />;
}
