import { useQuery } from '@tanstack/react-query';
import type { SecurityNote } from '../../../common/shapes/security-note.ts';
import { Icon } from '../parts/icon.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { profileServer } from '../session/clients.ts';
import { formatAgo } from '../text/format-more.ts';
import { securityTexts } from '../text/security.ts';
import { languageStore, useText } from '../text/text.ts';
import { Section } from './section.tsx';

/** What happened in the last 30 days that concerns who can get in, admins' acts too. */
export function NotesSection() {
  const t = useText(securityTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const query = useQuery({
    queryKey: ['security-notes'],
    queryFn: async ({ signal }) =>
      (await profileServer().session.securityNotes.query(undefined, { signal })).notes,
    staleTime: 0,
  });
  const notes = query.data ?? [];
  const from = ({ client, address, name }: SecurityNote): string =>
    [name, client, address].filter((part) => part !== null).join(' · ');
  return (
    <Section title={t('notes')} lead={t('notes-lead')} testId="security-notes">
      {notes.length === 0 ? <p className="field-hint">{t('notes-none')}</p> : null}
      <ul className="cards" aria-label={t('notes')}>
        {notes.map((note) => (
          <li key={note.id} className="card card-line" data-testid="security-note">
            <Icon name={note.byAdmin === null ? 'info' : 'person'} size={20} />
            <div className="card-title">
              <h3>{t(`note-${note.what}`)}</h3>
              <p>
                {formatAgo(note.at, now, language)}
                {note.byAdmin === null ? '' : ` · ${t('by-admin', { name: note.byAdmin })}`}
                {from(note) === '' ? '' : ` · ${from(note)}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
