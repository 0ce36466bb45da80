import type { RecipientStatus, SendStatus } from '../../common/shapes/status.ts';

/** STATUS for programs, with the fields of the contract and no others: what the API says beyond it is for people. */
export function makeStatusValue({ id, messageId, state, at, recipients }: SendStatus): SendStatus {
  return { id, messageId, state, at, recipients: recipients.map(makeRecipientValue) };
}

function makeRecipientValue({ deliveredAt: _delivered, report: _report, ...fields }: RecipientStatus) {
  return fields;
}
