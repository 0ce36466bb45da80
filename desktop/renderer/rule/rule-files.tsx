import { useRef } from 'react';
import { MailError } from '../../../common/errors.ts';
import { joinRules } from '../../../common/sieve/form/join-rules.ts';
import { MAX_RULE_FILE, splitRules } from '../../../common/sieve/form/split-rules.ts';
import { makeSieveError } from '../../../common/sieve/problem.ts';
import { Button } from '../parts/button.tsx';
import { offerFile } from '../parts/offer-file.ts';
import { changeItem } from '../profile/change-item.ts';
import { profileStore, useProfile } from '../profile/profile-store.ts';
import { toProblem } from '../session/problem.ts';
import { explainLater } from '../shell/explain.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { ruleTexts } from '../text/rules.ts';
import { say, useText } from '../text/text.ts';
import { placeLast } from './order-rules.ts';
import { planImport, type ImportPlan } from './plan-import.ts';

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
  const found = splitRules(await file.text(), file.name.replace(/\.\w+$/, '') || file.name);
  const plan = planImport(found, profileStore.get().rules);
  for (const { name, enabled, script } of plan.add) {
    const position = placeLast(profileStore.get().rules);
    await changeItem('rules', null, { name, enabled, position, script });
  }
  const text =
    found.length === 0 ? say(ruleTexts, 'import-empty', { file: file.name }) : await describeImport(plan);
  const isWhole = found.length > 0 && plan.skipped.length === 0;
  tell({ kind: isWhole ? 'done' : 'problem', text, action: null, lasts: isWhole ? 6000 : 20_000 });
}

/** What was added, what was there already, and what was left out with the reason of the first. */
async function describeImport({ add, unchanged, skipped }: ImportPlan): Promise<string> {
  const sentences = [say(ruleTexts, 'imported', { n: add.length })];
  if (unchanged > 0) sentences.push(say(ruleTexts, 'import-known', { n: unchanged }));
  const [first] = skipped;
  if (first !== undefined) {
    const problem = await explainLater(toProblem(makeSieveError(first.fault)));
    sentences.push(say(ruleTexts, 'import-skipped', { n: skipped.length, rule: first.name, problem }));
  }
  return sentences.join(' ');
}

function exportRules(): void {
  const source = joinRules(profileStore.get().rules);
  offerFile('valija.sieve', new Blob([source], { type: 'application/sieve' }));
}
