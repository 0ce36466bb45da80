import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';

/** A text of ours that brings its own status, such as `5.7.1 sender refused`. */
const OWN_STATUS = /^[245]\.\d{1,3}\.\d{1,3} /;

/**
 * smtp-server derives the enhanced status from the code alone; where ours stands in the text, it is
 * left alone. And it keeps every client waiting for 100 ms to catch those who talk too soon: ours prove themselves.
 */
class StatusConnection extends SMTPConnection {
  override init(): void {
    this._setListeners(() => {
      const { maxClients } = this._server.options;
      if (maxClients && this._server.connections.size > maxClients) {
        this.send(421, '4.7.0 too many connections, try again in a moment');
      } else this.connectionReady();
    });
  }

  override send(code: number, data?: string | string[], context?: string | false): void {
    const own = typeof data === 'string' && OWN_STATUS.test(data);
    super.send(code, data, own ? false : context);
  }
}

/** smtp-server 3.21.6 (the version is pinned: this mirrors its `connect` and `init`). */
export class StrictServer extends SMTPServer {
  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const connection = new StatusConnection(this, socket, options ?? {});
    this.connections.add(connection);
    connection.on('error', (error: Error) => this._onError(error));
    connection.on('connect', (data) => this._onClientConnect(data as never));
    connection.init();
  }
}
