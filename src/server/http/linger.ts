import type { Socket } from 'node:net';

/** Bytes that are read and thrown away behind an answer, at most. */
const BYTES_MAX = 128 * 1024 * 1024;
/** How long they may take, and how long nothing may come. */
const LINGER_MS = 30_000;
const SILENCE_MS = 5_000;

/**
 * Has a connection linger when it is closed behind the answer that is being made: a client that
 * is still sending its body reads the answer then, where a reset would take it away (RFC 9112,
 * section 9.6).
 */
export function lingerAtClose(socket: Socket): void {
  // Node closes the connection of a last answer by this.
  socket.destroySoon = () => linger(socket);
}

/**
 * Says that nothing more will be written, and throws away unread what the client still sends: until
 * it ends, too, or sends nothing for 5 s; for 30 s or 128 MB at most.
 */
export function linger(socket: Socket): void {
  socket.end();
  // Node's parser reads straight from the system, and may have stopped because nobody took what it
  // had read: this has it go on, and a listener of our own gives the socket back what comes. It
  // is not parsed any more: behind a last answer stands no other request.
  socket.emit('resume');
  socket.removeAllListeners('data');
  const limit = socket.bytesRead + BYTES_MAX;
  socket.on('data', () => {
    if (socket.bytesRead > limit) socket.destroy();
  });
  const cut = () => socket.destroy();
  const late = setTimeout(cut, LINGER_MS).unref();
  socket.once('close', () => clearTimeout(late));
  socket.setTimeout(SILENCE_MS, cut);
  socket.resume();
}
