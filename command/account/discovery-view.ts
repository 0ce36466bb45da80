import { describeNeed } from '../../common/error-texts/provider-needs.ts';
import type { DiscoveredSettings, Discovery } from '../../common/shapes/discovery.ts';
import type { Call } from '../call.ts';
import { cleanText } from '../report.ts';
import { fill, translate, type Words } from '../words/words.ts';

/** Server, encryption, and where it was found, in one line. */
export function formatFound({ pop3, source, verified, confirm }: DiscoveredSettings, words: Words): string {
  const facts = [
    translate(words, 'tls', pop3.tls),
    words[`source/${source}`],
    ...(verified ? [words.answersNow] : []),
    ...(confirm ? [words.outsideDomain] : []),
  ];
  return cleanText(`${pop3.user} @ ${pop3.host}:${pop3.port} (${facts.join(', ')})`);
}

/** The submission server, or that mail leaves by the relay where none was found. */
export function formatSending({ smtp, smtpVerified }: DiscoveredSettings, words: Words): string {
  if (smtp === null) return words.noSubmission;
  const facts = [translate(words, 'tls', smtp.tls), ...(smtpVerified ? [words.answersNow] : [])];
  return cleanText(`${smtp.user ?? ''} @ ${smtp.host}:${smtp.port} (${facts.join(', ')})`);
}

/** What the provider wants first, a sentence and a step each, with its page. */
export function listNeeds({ provider, unencrypted }: Discovery, call: Call): string[] {
  const lines: string[] = [];
  const words = call.words();
  // Who signs in with a browser needs no app password, and knows of that way.
  const byBrowser = call.typed.has('oauth');
  const needs = (provider?.needs ?? []).filter(
    (need) => !byBrowser || (need !== 'app-password' && need !== 'oauth'),
  );
  for (const need of needs) {
    const { message, action } = describeNeed(need, provider?.name ?? '', call.language());
    lines.push(cleanText(action === null ? message : `${message} ${action}`));
  }
  if (provider?.oauth && !byBrowser)
    lines.push(fill(words.signInPossible, { provider: cleanText(provider.name) }));
  if (lines.length > 0 && provider?.help) lines.push(cleanText(provider.help));
  if (unencrypted !== null) {
    const { host, port } = unencrypted;
    lines.push(cleanText(fill(words.onlyUnencrypted, { host, port })));
  }
  return lines;
}
