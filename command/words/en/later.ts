/** English words for what happened to sent mail, what waits, and reminders. */
export const enLater = {
  'state/delivered': 'delivered',
  serverSaid: 'The other server: {line}',
  idAtRelay: 'At the relay: {id}',
  reportedIn: 'Its notice: valija show {id}',
  nothingWaits: 'Nothing is held or scheduled.',
  remindAt: 'You are reminded at {when}.',
  remindUnlessAnswered: 'You are reminded at {when}, unless somebody answers before.',
  noReminders: 'No reminders. Set one: valija remind set --help',
  reminderDue: 'due',
  reminderWaiting: 'waits',
  reminderUnlessAnswered: 'unless answered',
  reminderRemoved: 'No reminder any more for {id}.',
};
