import { Button } from '../parts/button.tsx';
import { Blank } from '../parts/states.tsx';
import { useProfile } from '../profile/profile-store.ts';
import { useCommands } from '../shell/commands.ts';
import { openBox, openSettings } from '../shell/route.ts';
import { ruleTexts } from '../text/rules.ts';
import { useText } from '../text/text.ts';
import { RuleCard } from './rule-card.tsx';
import { RulePage } from './rule-page.tsx';
import { RuleProblems } from './rule-problems.tsx';
import { RuleFiles } from './rule-files.tsx';

/** The rules in their order, one of them, or a new one. */
export function Rules({ item }: { item: string | null }) {
  const t = useText(ruleTexts);
  const { rules, layers } = useProfile();
  const own = rules.filter(({ id }) => !layers.has(`rules/${id}`));
  useCommands({ back: () => openBox('inbox') });
  const open = rules.find(({ id }) => id === item);
  if (item === 'new') return <RulePage rule={null} />;
  if (open !== undefined) return <RulePage key={open.id} rule={open} />;
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('rules')}</h1>
        <Button look="main" icon="plus" data-testid="rule-add" onClick={() => openSettings('rules', 'new')}>
          {t('add')}
        </Button>
      </header>
      <p className="settings-lead">{t('lead')}</p>
      <RuleProblems />
      {rules.length === 0 ? <Blank icon="rules" text={t('none')} /> : null}
      <ol className="cards">
        {rules.map((rule) => (
          <RuleCard key={rule.id} rule={rule} own={own} />
        ))}
      </ol>
      <RuleFiles />
    </div>
  );
}
