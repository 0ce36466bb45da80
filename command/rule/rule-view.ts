import { readForm } from '../../common/sieve/form/read-form.ts';
import type { RuleForm } from '../../common/shapes/rule.ts';
import type { StoredRule } from './find-rule.ts';

/** A rule in JSON; `form` is null where its script says what no form can say. */
export interface RuleView {
  id: string;
  name: string;
  enabled: boolean;
  position: number;
  form: RuleForm | null;
  script: string;
}

export function viewRule({ id, name, enabled, position, script }: StoredRule): RuleView {
  return { id, name, enabled, position, form: readForm(script), script };
}
