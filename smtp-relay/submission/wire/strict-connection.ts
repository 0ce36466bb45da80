import type { SMTPServerSession } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';
import { isLoopbackHost } from '../../../server-kit/http/loopback.ts';
import { toRefusal } from '../refusal.ts';
import { IncomingMessage, type ReceivedData } from './incoming-message.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { StrictParser } from './strict-parser.ts';

/** What a connection needs to take messages. */
export interface Reception {
  /** Largest message in bytes. */
  size: number;
  budget: MemoryBudget;
  /** Takes a whole message; resolves with the text of 250. Throws SubmissionRefusal. */
  accept(session: SMTPServerSession, data: ReceivedData): Promise<string>;
  /** A refusal on its way to the client, for the log. */
  refused(session: SMTPServerSession, error: unknown): void;
}

/** Milliseconds in which a connection has to be signed in. */
const SIGN_IN_MS = 60_000;
/** Connections at the same time from one address, of all that there may be. */
const MOST_FROM_ONE = 50;
/** A text of ours that brings its own status, such as `5.7.1 sender refused`. */
const OWN_STATUS = /^[245]\.\d{1,3}\.\d{1,3} /;

/**
 * smtp-server 3.21.6 (pinned: this mirrors its `init`, `_createParser` and `handler_DATA`). It derives the enhanced status
 * from the code alone; where ours stands in the text, it is left alone. It keeps every client waiting for 100 ms to catch
 * those who talk too soon: ours prove themselves. And it looks at each byte of a message, and lets bare CR and LF pass.
 */
export class StrictConnection extends SMTPConnection {
  reception: Reception | null = null;
  #incoming: IncomingMessage | null = null;
  /** Runs out on whoever does not sign in: their bytes put off the idle time-out, and their places are few. */
  #signInTimer: NodeJS.Timeout | undefined;

  override init(): void {
    this.#signInTimer = setTimeout(() => this.#endUnlessSignedIn(), SIGN_IN_MS);
    this.#signInTimer.unref();
    this._setListeners(() => {
      if (this.#isOneTooMany()) this.send(421, '4.7.0 too many connections, try again in a moment');
      else this.connectionReady();
    });
  }

  #isOneTooMany(): boolean {
    const { options, connections } = this._server;
    if (options.maxClients && connections.size > options.maxClients) return true;
    // Everything on this machine comes from one address.
    if (isLoopbackHost(this.remoteAddress)) return false;
    let same = 0;
    for (const { remoteAddress } of connections) if (remoteAddress === this.remoteAddress) same += 1;
    return same > MOST_FROM_ONE;
  }

  #endUnlessSignedIn(): void {
    const { authOptional } = this._server.options;
    if (this.session.user || authOptional) return;
    // Somebody else is looking at his password just now.
    if (this._handlerPending) this.#signInTimer?.refresh();
    else this.send(421, '4.7.0 nobody signed in');
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const own = typeof data === 'string' && OWN_STATUS.test(data);
    super.send(code, data, own ? false : context);
  }

  override _createParser(): StrictParser {
    const parser = new StrictParser();
    parser.oncommand = (command, callback) => this._onCommand(command, callback);
    parser.on('error', (error) => this.send(421, `4.5.2 ${error.message}`));
    return parser;
  }

  override handler_DATA(_command: Buffer, callback: () => void): void {
    const { reception, _parser: parser } = this;
    if (this.session.envelope.rcptTo.length === 0) {
      this.send(503, '5.5.1 need RCPT command');
      return callback();
    }
    if (reception === null || !(parser instanceof StrictParser)) return callback();
    const incoming = new IncomingMessage(reception.size, reception.budget);
    this.#incoming = incoming;
    parser.receive(incoming, () => {
      this.#incoming = null;
      // The client waits for us now: its silence is no time-out.
      this._handlerPending = true;
      void this.#answer(reception, incoming);
    });
    this.send(354, 'End data with <CR><LF>.<CR><LF>');
    callback();
  }

  async #answer(reception: Reception, incoming: IncomingMessage): Promise<void> {
    try {
      const data = incoming.take();
      try {
        this.send(250, await reception.accept(this.session, data));
      } finally {
        data.release();
      }
    } catch (error) {
      reception.refused(this.session, error);
      const refusal = toRefusal(error);
      this.send(refusal.responseCode, refusal.message);
    }
    this._handlerPending = false;
    this._transactionCounter++;
    this._unrecognizedCommands = 0;
    this._resetSession();
    if (this._parser) this._parser.continue();
  }

  override _onClose(): void {
    clearTimeout(this.#signInTimer);
    this.#incoming?.abort();
    this.#incoming = null;
    super._onClose();
  }
}
