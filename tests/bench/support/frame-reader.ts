// The messages in what a server sends over a socket, however they come in pieces: how long each is and how it begins.

/** A WebSocket frame, its head left out. */
export interface SeenFrame {
  bytes: number;
  /** Its first bytes; all of it where it is shorter. */
  start: Buffer;
}

/** How much of a frame is shown: a message's id and type, as graphql-ws writes them. */
const SHOWN = 64;

const NOTHING = Buffer.alloc(0);

/** The frame that begins there; null while too little of it is here. */
function frameAt(data: Buffer, at: number): (SeenFrame & { head: number }) | null {
  if (data.length < at + 2) return null;
  const short = data.readUInt8(at + 1) & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (data.length < at + head) return null;
  const bytes =
    short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short === 126 ? data.readUInt16BE(at + 2) : short;
  const start = data.subarray(at + head, at + head + Math.min(bytes, SHOWN));
  return start.length < Math.min(bytes, SHOWN) ? null : { head, bytes, start };
}

/** Takes what comes in, from the beginning of a frame on. */
export function createFrameReader(onFrame: (frame: SeenFrame) => void): (chunk: Buffer) => void {
  /** Of a frame that was told, still to come. */
  let rest = 0;
  /** The beginning of the next one. */
  let begun: Buffer = NOTHING;
  return (chunk) => {
    const data = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    let at = Math.min(rest, data.length);
    rest -= at;
    for (let frame = frameAt(data, at); frame !== null; frame = frameAt(data, at)) {
      onFrame(frame);
      const end = at + frame.head + frame.bytes;
      at = Math.min(end, data.length);
      rest = end - at;
    }
    begun = rest === 0 && at < data.length ? data.subarray(at) : NOTHING;
  };
}
