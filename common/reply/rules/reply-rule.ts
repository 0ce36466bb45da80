import type { ReplyClass } from '../reply-class.ts';
import type { Speaker, Stage } from '../stage.ts';

/** What a reply has to be like to mean this. All that is given has to fit; the first rule that fits counts. */
export interface ReplyRule {
  class: ReplyClass;
  /** In the text, several lines joined by a blank, without codes. */
  text?: RegExp;
  /** The enhanced status without its class, such as `1.1`. */
  status?: RegExp;
  /** The three digits. */
  code?: RegExp;
  stages?: readonly Stage[];
  /** Only where such a host says it. */
  from?: Speaker;
}
