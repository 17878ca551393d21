import { FILE_HOST, TELEGRAM_HOST } from '../botpress'
import { ONLOOKER_HEADER } from '../http-server'
import type { System } from '../start-sandbox'
import { ControlError } from './errors'

/** Types that a browser shows without running anything in them. Files of other types are offered as downloads. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/|application\/pdf|text\/plain)/

export type FileContent = { bytes: Buffer; headers: Record<string, string> }

/** Fetches a file from the emulator that stands for the file's host. Other addresses are refused. */
export const readFileAt = async (system: System, address: string): Promise<FileContent> => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const origin = url && originOf(system, url)
  if (!url || !origin) throw new ControlError(400, 'Only files in the sandbox can be read')
  const response = await fetch(origin + url.pathname + url.search, { headers: { [ONLOOKER_HEADER]: 'yes' } })
  if (!response.ok) throw new ControlError(response.status, `The file's host answered ${response.status}`)
  const contentType = response.headers.get('content-type') ?? 'application/octet-stream'
  return fileContent(Buffer.from(await response.arrayBuffer()), contentType)
}

/** A file as a browser may have it. */
export const fileContent = (bytes: Buffer, contentType: string): FileContent => ({
  bytes,
  headers: {
    'content-type': SHOWN.test(contentType) ? contentType : 'application/octet-stream',
    'content-disposition': SHOWN.test(contentType) ? 'inline' : 'attachment',
    'cache-control': 'private, max-age=3600',
  },
})

const originOf = ({ livechat, botpress }: System, { host, origin }: URL): string | undefined => {
  if (host === 'cdn.livechat-files.com') return livechat.url
  if (host === FILE_HOST || host === TELEGRAM_HOST || origin === botpress.url) return botpress.url
  return undefined
}
