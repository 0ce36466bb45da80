import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Rule } from '../../../common/shapes/rule.ts';
import { mailboxesQuery } from '../mail/cache/mail-cache.ts';
import { undoOperation } from '../mail/undo-operation.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SelectField } from '../parts/choice-fields.tsx';
import type { WithId } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { ruleTexts } from '../text/rules.ts';
import { shellTexts } from '../text/shell.ts';
import { say, useText } from '../text/text.ts';

/** Asks where a rule is to be applied, and does it on the server; what it did can be undone. */
export function ApplyDialog({ rule, onClose }: { rule: WithId<Rule>; onClose: () => void }) {
  const t = useText(ruleTexts);
  const shell = useText(shellTexts);
  const { data } = useQuery(mailboxesQuery);
  const [mailbox, setMailbox] = useState('inbox');
  const [busy, setBusy] = useState(false);
  const apply = async (): Promise<void> => {
    setBusy(true);
    try {
      const { changed, operation } = await storageServer().rules.run.mutate({
        rules: [rule.id],
        selection: { where: { mailbox } },
      });
      tell({
        kind: 'done',
        text: say(ruleTexts, 'applied', { n: changed }),
        action:
          operation === null
            ? null
            : { label: say(ruleTexts, 'undo'), run: () => void undoOperation(operation) },
        lasts: 15_000,
      });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    onClose();
  };
  return (
    <Dialog title={t('apply-title', { rule: rule.name })} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body">
        <p>{t('apply-text')}</p>
        <SelectField
          label={t('apply-where')}
          value={mailbox}
          choices={(data ?? [])
            .filter(({ role }) => role !== 'drafts')
            .map(({ id, role, path }) => ({ value: role ?? id, label: path }))}
          onPick={setMailbox}
        />
      </div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button look="main" disabled={busy} data-testid="rule-apply" onClick={() => void apply()}>
          {t('apply-now')}
        </Button>
      </footer>
    </Dialog>
  );
}
