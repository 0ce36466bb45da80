import { ruleForm, type RuleForm } from '../../shapes/rule.ts';
import { readGrammar, type SyntaxNode } from '../language/grammar.ts';
import { parseScript } from '../parse-script.ts';
import { readAction } from './read-action.ts';
import { readCondition } from './read-condition.ts';
import { writeForm } from './write-form.ts';

/**
 * The form that a script is, or null when it says what no form can say. What was read is written again and compared, so
 * that a form never says something else than its script.
 */
export function readForm(script: string): RuleForm | null {
  const parsed = parseScript(script);
  if ('errors' in parsed) return null;
  const { requires } = parsed.script;
  // With these, `${` in a text is more than it seems.
  if ((requires.has('variables') || requires.has('encoded-character')) && script.includes('${')) return null;
  const commands = listCommands(script);
  const read = ruleForm.safeParse(readCommands(commands));
  if (!read.success) return null;
  const same = describe(commands) === describe(listCommands(writeForm(read.data)));
  return same ? read.data : null;
}

function listCommands(script: string): SyntaxNode[] {
  return readGrammar(script).filter(({ name }) => name !== 'require');
}

function readCommands(commands: readonly SyntaxNode[]): unknown {
  const [first] = commands;
  if (first?.name !== 'if') return { all: true, conditions: [], actions: commands.map(readAction) };
  const test = first.tests[0];
  if (test === undefined || commands.length > 1 || first.block === null) return null;
  const several = test.name === 'allof' || test.name === 'anyof';
  const conditions = (several ? test.tests : [test]).map(readCondition);
  return {
    all: test.name !== 'anyof' || conditions.length < 2,
    conditions,
    actions: first.block.map(readAction),
  };
}

/** What commands say, whatever they look like. */
function describe(commands: readonly SyntaxNode[]): string {
  return JSON.stringify(commands.map(simplify));
}

function simplify(node: SyntaxNode): unknown {
  const [only, ...others] = node.tests;
  if ((node.name === 'allof' || node.name === 'anyof') && only !== undefined && others.length === 0) {
    return simplify(only);
  }
  const given = node.arguments.map((argument) =>
    argument.kind === 'strings'
      ? argument.values
      : argument.kind === 'tag'
        ? `:${argument.text}`
        : argument.value,
  );
  return [node.name, given, node.tests.map(simplify), node.block?.map(simplify) ?? null];
}
