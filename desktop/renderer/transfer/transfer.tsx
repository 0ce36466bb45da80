import { useCommands } from '../shell/commands.ts';
import { openBox } from '../shell/route.ts';
import { transferTexts } from '../text/transfer.ts';
import { useText } from '../text/text.ts';
import { MailFiles } from './mail-files.tsx';
import { ProfileFiles } from './profile-files.tsx';

/** Taking everything away, and bringing it along: the profile and the mail. */
export function Transfer() {
  const t = useText(transferTexts);
  useCommands({ back: () => openBox('inbox') });
  return (
    <div className="settings-page">
      <h1>{t('transfer')}</h1>
      <p className="settings-lead">{t('lead')}</p>
      <ProfileFiles />
      <MailFiles />
    </div>
  );
}
