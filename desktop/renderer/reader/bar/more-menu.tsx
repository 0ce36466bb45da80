import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { threadQuery } from '../../mail/cache/mail-cache.ts';
import { Icon } from '../../parts/icon.tsx';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import { toProblem } from '../../session/problem.ts';
import { readTokens } from '../../session/tokens.ts';
import { useCommands } from '../../shell/commands.ts';
import { hintKeys } from '../../shell/key-names.ts';
import { tellProblem } from '../../shell/notices.ts';
import { mailTexts } from '../../text/mail.ts';
import { messageTexts } from '../../text/message.ts';
import { useText } from '../../text/text.ts';
import { isShownInConversation } from '../conversation.tsx';
import { downloadPath } from '../files/download-path.ts';

const SourceDialog = lazy(async () => ({
  default: (await import('../source/source-dialog.tsx')).SourceDialog,
}));

/** What is done rarely with the open mail; `before` is what else has no room in the bar. */
export function MoreMenu({
  id,
  thread,
  before,
}: {
  id: string;
  thread: string | null;
  before: readonly MenuItem[];
}) {
  const t = useText(messageTexts);
  const mail = useText(mailTexts);
  const [source, setSource] = useState(false);
  const { data } = useQuery({ ...threadQuery(id, thread ?? ''), enabled: thread !== null });
  const many = (data ?? []).filter(isShownInConversation).length > 1;
  const print = (): void => void printOpen(id, null);
  useCommands({ print });
  // A lab session may look, but take nothing along.
  const maySave = readTokens()?.session.lab === null;
  return (
    <>
      <Menu
        label={mail('more')}
        className="icon-button"
        button={<Icon name="more" />}
        items={[
          ...before,
          { key: 'print', icon: 'print', label: t('print'), hint: hintKeys('print'), run: print },
          ...(many && thread !== null
            ? [
                {
                  key: 'print-all',
                  icon: 'print' as const,
                  label: t('print-all'),
                  run: () => void printOpen(id, thread),
                },
              ]
            : []),
          ...(maySave
            ? [
                { key: 'save', icon: 'download' as const, label: t('save'), run: () => void saveMail(id) },
                {
                  key: 'source',
                  icon: 'file' as const,
                  label: t('source'),
                  run: () => setSource(true),
                },
              ]
            : []),
        ]}
      />
      {source ? (
        <Suspense fallback={null}>
          <SourceDialog mail={id} onClose={() => setSource(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** Loaded when it is asked for. */
async function printOpen(id: string, thread: string | null): Promise<void> {
  try {
    const { printConversation, printMail } = await import('../print/print-mails.ts');
    await (thread === null ? printMail(id) : printConversation(id, thread));
  } catch (error) {
    tellProblem(toProblem(error), () => void printOpen(id, thread));
  }
}

async function saveMail(id: string): Promise<void> {
  try {
    await downloadPath(`/mail/${id}/raw`);
  } catch (error) {
    tellProblem(toProblem(error), () => void saveMail(id));
  }
}
