import type { Reply } from './reply-reader.ts';
import type { Stage } from '../../../common/reply/stage.ts';

/** How a connection ended, or what the server did that is no SMTP. `message` may go into logs; it holds no secret. */
export class WireError extends Error {
  readonly kind: 'timeout' | 'dropped' | 'protocol' | 'tls';

  constructor(kind: WireError['kind'], message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'WireError';
    this.kind = kind;
  }
}

/** The server said no. `overTls`: it was the answer to STARTTLS. */
export class ReplyError extends Error {
  readonly reply: Reply;
  readonly stage: Stage;
  readonly overTls: boolean;

  constructor(reply: Reply, stage: Stage, options: { overTls?: boolean } = {}) {
    super(`the server answered ${reply.code}`);
    this.name = 'ReplyError';
    this.reply = reply;
    this.stage = stage;
    this.overTls = options.overTls ?? false;
  }
}
