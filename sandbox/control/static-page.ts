import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { ControlError } from './errors'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

// Nothing is loaded from other hosts. `unsafe-inline` is for the styles that components write.
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
  "frame-ancestors 'none'",
].join('; ')

/** Reads a file of the built page. */
export const readPage = async (
  root: string,
  path: string,
): Promise<{ bytes: Buffer; headers: Record<string, string> }> => {
  const file = normalize(join(root, path === '/' ? 'index.html' : decodeURIComponent(path)))
  const contentType = TYPES[extname(file)]
  if (!file.startsWith(root + sep) || !contentType) throw new ControlError(404, `There is no ${path}`)
  const bytes = await readFile(file).catch(() => {
    throw new ControlError(404, `There is no ${path}`)
  })
  return {
    bytes,
    headers: { 'content-type': contentType, 'cache-control': 'no-cache', 'content-security-policy': POLICY },
  }
}
