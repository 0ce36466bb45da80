import { useRef } from 'react';
import { MailError } from '../../../common/errors.ts';
import { joinRules } from '../../../common/sieve/form/join-rules.ts';
import { MAX_RULE_FILE, splitRules } from '../../../common/sieve/form/split-rules.ts';
import { Button } from '../parts/button.tsx';
import { offerFile } from '../parts/offer-file.ts';
import { changeItem } from '../profile/change-item.ts';
import { profileStore, useProfile } from '../profile/profile-store.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { ruleTexts } from '../text/rules.ts';
import { say, useText } from '../text/text.ts';
import { placeLast } from './order-rules.ts';

/** All rules as one .sieve file, and such files in. */
export function RuleFiles() {
  const t = useText(ruleTexts);
  const { rules } = useProfile();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="card-actions">
      <Button icon="file" onClick={() => input.current?.click()}>
        {t('import')}
      </Button>
      <Button icon="download" disabled={rules.length === 0} onClick={exportRules}>
        {t('export')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".sieve,.siv,text/plain,application/sieve"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) importRules(file).catch((error: unknown) => tellProblem(toProblem(error)));
        }}
      />
    </div>
  );
}

async function importRules(file: File): Promise<void> {
  if (file.size > MAX_RULE_FILE) {
    throw new MailError('too-large', 'the file is too large');
  }
  // What stands before the first mark has the file's name.
  const found = splitRules(await file.text(), file.name.replace(/\.\w+$/, ''));
  for (const { name, enabled, script } of found) {
    const position = placeLast(profileStore.get().rules);
    await changeItem('rules', null, { name, enabled, position, script });
  }
  const text =
    found.length === 0
      ? say(ruleTexts, 'import-empty', { file: file.name })
      : say(ruleTexts, 'imported', { n: found.length });
  tell({ kind: found.length === 0 ? 'problem' : 'done', text, action: null, lasts: 6000 });
}

function exportRules(): void {
  const source = joinRules(profileStore.get().rules);
  offerFile('valija.sieve', new Blob([source], { type: 'application/sieve' }));
}
