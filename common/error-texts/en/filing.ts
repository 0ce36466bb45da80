/** English sentences for what rules could not do. */
export const enFiling = {
  'invalid/rule-mailbox-gone': {
    message: 'A rule files into “{detail}”, and there is no such mailbox: the mail is in the Inbox.',
    action: 'Change the rule, or make the mailbox again.',
  },
  'invalid/rule-failed': {
    message: 'The rule “{rule}” could not be applied to a mail, which was treated as if it were not there.',
    action: 'Open the rule: what is wrong with it is shown there.',
  },
  'invalid/rule-not-run': {
    message: 'The rules could not be applied to a mail: it is in the Inbox.',
    action: 'If this happens often, make the rules fewer or simpler.',
  },
  'invalid/rule-forward-refused': {
    message: 'A rule forwards to {detail}, and that was refused.',
    action: 'Check the address, and whether the account can send.',
  },
  'invalid/rule-forward-own': {
    message: 'A rule forwards to {detail}, which is collected here too: the mail would come back.',
    action: 'Change the rule: file or label the mail instead.',
  },
  'invalid/rule-answer-refused': {
    message: 'An automatic answer to {detail} was refused.',
    action: 'Check whether the account can send.',
  },
  'not-found/rule': { message: 'This rule does not exist (any more).', action: null },
} as const;
