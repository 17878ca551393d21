import type { FileClaims } from '../../content/to-agent/files/file-name'
import type { HistoryEntry } from '../../content/to-agent/history'
import { filesOnlyNamed } from '../../content/to-agent/briefing/history-files'
import type { Customer } from '../../customers/credentials'
import { apiFor } from '../../customers/customer-store'
import type { CustomerApi } from '../../livechat/customer-api'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { fetchFile, type NamedFile } from '../fetch-file'

const maxFiles = 5
const maxBytesInAll = 10_000_000

/** The files of the history that the briefing can only name. */
export type HistoryFiles = {
  /** Uploads them as this customer, beside the opening. The last call counts: an upload belongs to one customer. */
  upload: (customer: Customer) => void
  /** Sends them, in order, and returns when all are sent or the budget ends. */
  send: (chatId: string) => Promise<void>
}

/**
 * Begins to fetch the last files of the history whose address may not be shown. A file that is not in LiveChat when the
 * budget ends is only named in the briefing. We do not send it later, because it would look like something new.
 */
export const startHistoryFiles = (scope: Scope, history: readonly HistoryEntry[], userId: string): HistoryFiles => {
  const claims = filesOnlyNamed(history, userId, maxFiles)
  if (claims.length === 0) return { upload: () => undefined, send: () => Promise.resolve() }
  const [chat, giveChat] = awaited<string>()
  let uploadAs: ((customer: Customer) => Uploads) | undefined
  let uploads: Uploads | undefined
  const effort = { budgetMs: budgets.start.historyFilesMs, code: 'history_files_incomplete', level: 'debug' } as const
  const sending = bestEffort(scope, effort, async (limited) => {
    const room = { bytes: maxBytesInAll }
    const files = claims.map((each) => fetchBeside(limited, each, room))
    uploadAs = (customer) => {
      const api = apiFor(limited, userId, customer)
      const upload = async (file: Promise<FetchedFile | undefined>): Promise<string | undefined> => {
        const fetched = await file
        return fetched && api.uploadFile(fetched.file).finally(fetched.leave)
      }
      // A file that fails must not hold back the others.
      return { api, urls: files.map((file) => upload(file).catch(() => undefined)) }
    }
    const chatId = await chat
    const { api, urls } = uploads ?? { urls: [] }
    for (const [index, uploaded] of urls.entries()) {
      const url = await uploaded
      const custom_id = `history-${limited.runtime.newId()}`
      if (url !== undefined) await api?.sendEvent(chatId, { type: 'file', url, ...altText(claims[index]), custom_id })
    }
  })
  // The start may fail before it waits for this.
  sending.catch(() => undefined)
  return {
    upload: (customer) => {
      uploads = uploadAs?.(customer)
    },
    send: (chatId) => {
      giveChat(chatId)
      return sending
    },
  }
}

type Uploads = { api: CustomerApi; urls: Promise<string | undefined>[] }

/** A promise, and the function that resolves it later. */
const awaited = <T>(): [Promise<T>, (value: T) => void] => {
  let give: (value: T) => void = () => undefined
  const value = new Promise<T>((resolve) => {
    give = resolve
  })
  return [value, give]
}

/** `leave` says that the file is no longer in memory. */
type FetchedFile = { file: NamedFile; leave: () => void }

/** `undefined` if it cannot be fetched, LiveChat does not take it, or it is too large together with the others. */
const fetchBeside = async (
  scope: Scope,
  claims: FileClaims,
  room: { bytes: number },
): Promise<FetchedFile | undefined> => {
  const { signal } = scope.deadline
  const leave = await scope.memory.files.enter(signal)
  // The budget may end before the file is uploaded.
  signal.addEventListener('abort', leave, { once: true })
  const fetched = await fetchFile(scope, claims, maxBytesInAll)
  if (fetched.ok && fetched.file.bytes.length <= room.bytes) {
    room.bytes -= fetched.file.bytes.length
    return { file: fetched.file, leave }
  }
  leave()
  return undefined
}

const altText = (claims: FileClaims | undefined): { alternative_text?: string } =>
  claims?.mediaType === 'image' && claims.title ? { alternative_text: claims.title } : {}
