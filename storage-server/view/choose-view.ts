import { sniffType } from '../picture/sniff-type.ts';
import type { AttachmentView } from '../../common/shapes/attachment-view.ts';

/** Types that are text without saying so. */
const TEXTS =
  /^(text\/|message\/|application\/(json|xml|javascript|x-sh|x-sql|yaml|toml|ics|sieve|pgp-)|.*\+(xml|json)$)/;
const TEXT_ENDING =
  /\.(txt|csv|tsv|log|md|json|xml|ya?ml|ini|toml|sql|html?|css|m?[jt]sx?|py|java|c|h|cpp|sh|tex|ics|vcf|srt|svg|eml)$/i;

/** How a file is shown, by its first bytes first, whatever its sender says that it is. */
export function chooseView(
  part: { type: string; name: string | null },
  begin: Uint8Array,
): AttachmentView['kind'] {
  if (sniffType(begin) !== null) return 'image';
  // Readers find the mark within the first kilobyte (ISO 32000-1, annex H, 3.4.1).
  if (Buffer.from(begin.buffer, begin.byteOffset, Math.min(begin.length, 1024)).includes('%PDF-'))
    return 'pages';
  const claimsText = TEXTS.test(part.type) || TEXT_ENDING.test(part.name ?? '');
  return claimsText && !looksBinary(begin) ? 'text' : 'none';
}

/** A zero byte stands in no text but UTF-16 and UTF-32, which begin with a mark. */
function looksBinary(begin: Uint8Array): boolean {
  const marked = (begin[0] === 0xff && begin[1] === 0xfe) || (begin[0] === 0xfe && begin[1] === 0xff);
  return !marked && begin.includes(0);
}
