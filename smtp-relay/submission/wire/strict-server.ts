import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { StrictConnection, type Reception } from './strict-connection.ts';

/** smtp-server 3.21.6 with connections of ours (the version is pinned: this mirrors its `connect`). */
export class StrictServer extends SMTPServer {
  readonly #reception: Reception;

  constructor(options: SMTPServerOptions, reception: Reception) {
    super(options);
    this.#reception = reception;
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const connection = new StrictConnection(this, socket, options ?? {});
    connection.reception = this.#reception;
    this.connections.add(connection);
    connection.on('error', (error: Error) => this._onError(error));
    connection.on('connect', (data) => this._onClientConnect(data as never));
    connection.init();
  }
}
