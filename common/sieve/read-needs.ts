import { type Call, type Command, readLiteral, type Script } from './language/call.ts';
import { ATTACHMENT_ITEM } from './tests/environment.ts';

/** What of a mail a script looks at beyond header, size, envelope and account. */
export interface ScriptNeeds {
  /** The body, its parts or whether it has attachments: `SieveMail.body` may be called. */
  body: boolean;
}

/** Found without running it: every test of every branch counts. */
export function readNeeds(script: Script): ScriptNeeds {
  return { body: listTests(script.commands).some(needsBody) };
}

function listTests(commands: readonly Command[]): Call[] {
  return commands.flatMap((command) =>
    command.kind === 'action'
      ? []
      : command.branches.flatMap(({ test, block }) => [
          ...(test === null ? [] : withInner(test)),
          ...listTests(block),
        ]),
  );
}

function withInner(test: Call): Call[] {
  return [test, ...test.tests.flatMap(withInner)];
}

/** An item whose name hangs on variables may be any. */
function needsBody({ name, values: [first] }: Call): boolean {
  if (name === 'body') return true;
  const item = first?.kind === 'texts' ? readLiteral(first.texts[0]) : null;
  return name === 'environment' && (item === null || item.toLowerCase() === ATTACHMENT_ITEM);
}
