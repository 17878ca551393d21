const UNKNOWN = { width: 100, height: 100 }

/** Reads width and height from the headers of PNG, GIF and JPEG files. */
export const imageSize = (bytes: Buffer): { width: number; height: number } => {
  if (bytes.length >= 24 && bytes.toString('latin1', 1, 4) === 'PNG') {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  if (bytes.length >= 10 && bytes.toString('latin1', 0, 3) === 'GIF') {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  }
  if (bytes.length >= 4 && bytes.readUInt16BE(0) === 0xffd8) return jpegSize(bytes)
  return UNKNOWN
}

const jpegSize = (bytes: Buffer): { width: number; height: number } => {
  let offset = 2
  while (offset + 9 <= bytes.length) {
    const marker = bytes.readUInt16BE(offset)
    // Start-of-frame segments. Three markers in that range mean something else.
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7) }
    offset += 2 + bytes.readUInt16BE(offset + 2)
  }
  return UNKNOWN
}
