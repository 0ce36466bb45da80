import { useStore } from '../../parts/store.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { changeSender } from './change-sender.ts';

/** As whom the mail leaves. */
export function SenderLine({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const { content } = useStore(session.store);
  const { identities } = useStore(profileStore);
  return (
    <label className="composer-line">
      <span className="composer-label">{t('from')}</span>
      <select
        value={content.identity ?? ''}
        data-testid="compose-from"
        onChange={(event) => changeSender(session, event.target.value || null)}
      >
        {identities.map((identity) => (
          <option key={identity.id} value={identity.id}>
            {identity.name === null ? identity.address : `${identity.name} <${identity.address}>`}
          </option>
        ))}
      </select>
    </label>
  );
}
