import { execFileSync } from 'node:child_process';

/** A DSN as Python's email package reads it. */
export interface ParsedDsn {
  type: string;
  reportType: string;
  subject: string;
  autoSubmitted: string;
  text: string;
  /** Type of the report, and its groups of fields: of the mail, then of each recipient. */
  report: { type: string; groups: Record<string, string>[] };
  returned: { type: string; text: string };
  /** What the parser found wrong. */
  defects: string[];
}

const READ = `
import sys, json, email
from email import policy
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy.default.clone(utf8=True))
text, report, returned = mail.iter_parts()
groups = [dict(group.items()) for group in report.get_payload()]
if report.get_content_type() == 'message/global-delivery-status':
    # Python knows it as a message only: the first group is its header, the others stand in its body.
    rest = report.get_payload(0).get_payload(decode=True).decode('utf-8').replace('\\r\\n', '\\n')
    groups += [dict(email.message_from_string(block, policy=policy.default).items()) for block in rest.strip().split('\\n\\n')]
back = returned.get_payload()
back = back[0].as_bytes(policy=policy.SMTPUTF8).decode('utf-8') if isinstance(back, list) else returned.get_payload(decode=True).decode('utf-8', 'replace')
print(json.dumps({
    'type': mail.get_content_type(), 'reportType': mail.get_param('report-type'), 'subject': str(mail['subject']),
    'autoSubmitted': str(mail['auto-submitted']), 'text': text.get_content(),
    'report': {'type': report.get_content_type(), 'groups': [{k: str(v) for k, v in g.items()} for g in groups]},
    'returned': {'type': returned.get_content_type(), 'text': back},
    'defects': [str(d) for part in mail.walk() for d in part.defects]}))
`;

/** Needs python3. */
export function parseDsn(raw: Buffer): ParsedDsn {
  return JSON.parse(execFileSync('python3', ['-c', READ], { input: raw, encoding: 'utf8' })) as ParsedDsn;
}
