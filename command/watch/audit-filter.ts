import type { Call } from '../call.ts';

/** What narrows the audit log: people by name or id, an action or all of a kind (`user.*`), days in UTC. */
export function readAuditFilter({
  typed,
}: Call): Record<'actor' | 'action' | 'subject' | 'from' | 'to', string | undefined> {
  const read = (name: string): string | undefined => typed.text(name);
  return {
    actor: read('actor'),
    action: read('action'),
    subject: read('subject'),
    from: read('from'),
    to: read('to'),
  };
}
