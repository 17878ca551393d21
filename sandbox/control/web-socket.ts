import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * The half of the WebSocket protocol (RFC 6455) that a server needs to send texts to a browser. A browser keeps only six
 * open requests for one host, so that a seventh tab with server-sent events would wait for ever; sockets do not count.
 */
export type TextSocket = {
  send: (text: string) => void
  close: () => void
  onClose: (listener: () => void) => void
}

/** The constant by which RFC 6455 tells a server that understands the protocol. */
const ACCEPT_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const [TEXT, CLOSE, PING, PONG] = [0x1, 0x8, 0x9, 0xa]
const FINAL = 0x80
/** A reader that is so far behind is gone. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024

/** Answers a browser's request for a WebSocket. */
export const acceptWebSocket = ({ headers }: IncomingMessage, socket: Duplex): TextSocket => {
  const key = String(headers['sec-websocket-key'])
  const accept = createHash('sha1')
    .update(key + ACCEPT_KEY)
    .digest('base64')
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'))
  // A tab that is closed resets its connection. `close` follows, and is all that matters.
  socket.on('error', () => socket.destroy())
  readFrames(socket, (kind, content) => {
    if (kind === PING) socket.write(frame(PONG, content))
    if (kind === CLOSE) socket.end(frame(CLOSE, content))
  })
  return {
    send: (text) => {
      if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy()
      else if (socket.writable) socket.write(frame(TEXT, Buffer.from(text)))
    },
    close: () => void socket.end(frame(CLOSE, Buffer.alloc(0))),
    onClose: (listener) => void socket.on('close', listener),
  }
}

const frame = (kind: number, content: Buffer): Buffer => Buffer.concat([frameHead(kind, content.length), content])

const frameHead = (kind: number, length: number): Buffer => {
  if (length < 126) return Buffer.from([FINAL | kind, length])
  if (length < 65_536) {
    const head = Buffer.from([FINAL | kind, 126, 0, 0])
    head.writeUInt16BE(length, 2)
    return head
  }
  const head = Buffer.alloc(10)
  head.set([FINAL | kind, 127])
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

/** Calls `onFrame` for each control frame. Their contents are short and masked; other frames are not expected. */
const readFrames = (socket: Duplex, onFrame: (kind: number, content: Buffer) => void): void => {
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= 6) {
      const length = bytes.readUInt8(1) & 0x7f
      if (length > 125) return void socket.destroy()
      if (bytes.length < 6 + length) return
      const key = bytes.subarray(2, 6)
      const content = Buffer.from(bytes.subarray(6, 6 + length).map((byte, index) => byte ^ (key[index % 4] ?? 0)))
      onFrame(bytes.readUInt8(0) & 0x0f, content)
      bytes = bytes.subarray(6 + length)
    }
  })
}
