/** The bytes of a `next` message on the wire, made once for all subscriptions that get the same payload. */

/** One message; `bytesFor` gives the whole WebSocket frame for a subscription. */
export interface Frame {
  /** @param id the subscription's id as JSON */
  bytesFor(id: Buffer): Buffer;
}

const BEFORE_ID = Buffer.from('{"id":');
const BEFORE_PAYLOAD = Buffer.from(',"type":"next","payload":');
const END = Buffer.from("}");

/** The head of an unmasked, unfragmented text frame (RFC 6455, 5.2). */
function headOf(length: number): Buffer {
  const FINAL_TEXT = 0x81;
  if (length < 126) return Buffer.from([FINAL_TEXT, length]);
  if (length < 65_536) return Buffer.from([FINAL_TEXT, 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head[0] = FINAL_TEXT;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/**
 * A frame around a payload that is JSON already. A template is kept for each length of id (clients make theirs alike,
 * so usually there is one), and a watcher costs a copy of it with its own id put in.
 */
export function createFrame(payload: string): Frame {
  const body = Buffer.from(payload);
  const templates = new Map<number, { bytes: Buffer; idAt: number }>();
  function makeTemplate(id: Buffer) {
    const message = [BEFORE_ID, id, BEFORE_PAYLOAD, body, END];
    const head = headOf(message.reduce((sum, { length }) => sum + length, 0));
    return { bytes: Buffer.concat([head, ...message]), idAt: head.length + BEFORE_ID.length };
  }
  return {
    bytesFor(id) {
      let template = templates.get(id.length);
      if (!template) {
        template = makeTemplate(id);
        templates.set(id.length, template);
      }
      const bytes = Buffer.from(template.bytes);
      id.copy(bytes, template.idAt);
      return bytes;
    },
  };
}
