import { EXTENSIONS } from '../extensions.ts';
import { writeRequire } from './write-script.ts';
import { parseScript } from '../parse-script.ts';

/**
 * Which of a file's extensions one of its rules needs. All of them when it does not pass with those that we know: then
 * the problem names what is missing.
 */
export function pickRequires(body: string, extensions: readonly string[]): string[] {
  const all = [...new Set(extensions)];
  let needed = all.filter((extension) => EXTENSIONS.has(extension));
  if (!passes(body, needed)) return all;
  for (const extension of needed) {
    // Without these a text that names variables or characters would mean something else.
    const changesTexts = extension === 'variables' || extension === 'encoded-character';
    if (changesTexts && body.includes('${')) continue;
    const fewer = needed.filter((one) => one !== extension);
    if (passes(body, fewer)) needed = fewer;
  }
  return needed;
}

function passes(body: string, extensions: readonly string[]): boolean {
  return 'script' in parseScript(writeRequire(extensions) + body);
}
