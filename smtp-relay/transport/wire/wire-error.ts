import type { Reply } from './reply-reader.ts';
import type { Stage } from '../../../common/reply/stage.ts';

/** How a connection ended, or what the server did that is no SMTP. `message` may go into logs; it holds no secret. */
export class WireError extends Error {
  readonly kind: 'timeout' | 'dropped' | 'protocol' | 'tls';
  /** Of `tls`: the certificate is not the host's. */
  readonly isLasting: boolean;

  constructor(
    kind: WireError['kind'],
    message: string,
    options: { cause?: unknown; isLasting?: boolean } = {},
  ) {
    super(message, options);
    this.name = 'WireError';
    this.kind = kind;
    this.isLasting = options.isLasting ?? false;
  }
}

/** The server said no. `overTls`: it was the answer to STARTTLS; `isLasting`: and none that will pass. */
export class ReplyError extends Error {
  readonly reply: Reply;
  readonly stage: Stage;
  readonly overTls: boolean;
  readonly isLasting: boolean;

  constructor(reply: Reply, stage: Stage, options: { overTls?: boolean; isLasting?: boolean } = {}) {
    super(`the server answered ${reply.code}`);
    this.name = 'ReplyError';
    this.reply = reply;
    this.stage = stage;
    this.overTls = options.overTls ?? false;
    this.isLasting = options.isLasting ?? false;
  }
}
