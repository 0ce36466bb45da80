import type { QueuedMailView, RelayStatus } from '../../../common/shapes/queue.ts';
import type { Paused } from '../schedule/paused.ts';
import type { ControlCaller, ControlDone } from './change-recipients.ts';
import type { ControlAction } from './decide.ts';
import type { PauseTarget } from './pause/pause-rule.ts';

/** What people do to the queue. Relays on one database do it together: it does not matter which is asked. */
export interface QueueControl {
  /** `ids` of mails or of single recipients. MailErrors `not-found` (`queued-mail`), `invalid`. */
  change(action: ControlAction, ids: readonly string[], caller: ControlCaller): Promise<ControlDone>;
  /** `id` of a mail, or of a single recipient. MailErrors `not-found`, `invalid`. */
  show(id: string, caller: ControlCaller): Promise<QueuedMailView>;
  /** Nothing more of it is begun; what is being tried finishes. MailError `invalid`. */
  pause(target: PauseTarget, reason: string, admin: string): Promise<RelayStatus>;
  /** MailError `not-found` (`pause`) when it was not paused. */
  resume(target: PauseTarget, admin: string): Promise<RelayStatus>;
  readStatus(): Promise<RelayStatus>;
  /** For the scheduler. */
  paused(): Paused;
  stop(): Promise<void>;
}
