import { connect } from 'node:net';

const TERMINATOR = Buffer.from('\r\n.\r\n');

/** What no client can beat: RETR sent ahead, replies counted and thrown away. Returns seconds. */
export async function discardAll(port: number, count: number): Promise<number> {
  const begun = performance.now();
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  let asked = 0;
  let done = 0;
  let tail = Buffer.alloc(0);
  const ask = (most: number): void => {
    let lines = '';
    while (asked < count && asked - done < most) lines += `RETR ${++asked}\r\n`;
    if (lines !== '') socket.write(lines);
  };
  await new Promise<void>((resolve, reject) => {
    let greeted = false;
    socket.on('error', reject).on('close', resolve);
    socket.on('data', (chunk: Buffer) => {
      if (!greeted) {
        greeted = true;
        socket.write('USER bench\r\nPASS secret\r\n');
        ask(512);
        return;
      }
      const seam = Buffer.concat([tail, chunk.subarray(0, 4)]);
      if (tail.length > 0 && seam.indexOf(TERMINATOR) >= 0 && seam.indexOf(TERMINATOR) < tail.length) done++;
      for (let at = chunk.indexOf(TERMINATOR); at >= 0; at = chunk.indexOf(TERMINATOR, at + 3)) done++;
      tail = Buffer.from(chunk.subarray(-4));
      if (done >= count) {
        if (!socket.writableEnded) socket.end('QUIT\r\n');
      } else if (asked - done < 256) ask(512);
    });
  });
  return (performance.now() - begun) / 1000;
}
