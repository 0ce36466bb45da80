import type { ReplyClass } from '../../../../common/reply/reply-class.ts';
import type { Stage } from '../../../../common/reply/stage.ts';

/**
 * A reply that a server really gave, with the page, bounce or source code where it stands. Addresses and hosts may be
 * replaced as they were there; where a list names the enhanced status only, the code is the one that belongs to it. The rules are measured by them: a reply that is read wrongly comes here first.
 */
export interface KnownReply {
  reply: string;
  stage: Stage;
  class: ReplyClass;
  source: string;
}

/** The replies of one provider, or of one program. */
export interface KnownReplies {
  provider: string;
  replies: readonly KnownReply[];
}
