import { presentCause } from './cause'
import type { SandboxClock } from './clock'

export type LedgerSide = 'livechat' | 'botpress'

/**
 * `call`: a request that an emulator received. `effect`: something that truly changed. `delivery`: a request that an
 * emulator sent (a webhook, an operation of the integration).
 */
export type LedgerKind = 'call' | 'effect' | 'delivery'

export type LedgerEntry = {
  seq: number
  atMs: number
  side: LedgerSide
  kind: LedgerKind
  /**
   * For calls and deliveries the route (`customer/send_event`, `POST /v1/chat/messages`), for effects what happened.
   */
  name: string
  /** HTTP status that was answered or received; absent for effects and for requests that were hung or reset. */
  status?: number
  /**
   * Real (not virtual) start and end in milliseconds on one scale per process. They show which calls waited for each
   * other.
   */
  startedMs?: number
  endedMs?: number
  /** For calls of a process that runs in steps: calls of one step do not wait for each other (`countsSteps`). */
  step?: number
  /** When it was recorded, on the same scale, if the ledger keeps exchanges. */
  recordedMs?: number
  detail?: Record<string, unknown>
  /** Number of what set this off, if it is known (cause.ts). */
  cause?: number
  /** The bodies, if the ledger keeps them. They may contain secrets. */
  exchange?: Exchange
}

/** The head of a request and of its answer. */
export type ExchangeHead = {
  method: string
  url: string
  requestHeaders: Record<string, string>
  responseHeaders: Record<string, string>
}

/** Request and answer: the bodies as text. Bodies of files are only counted. */
export type Exchange = Partial<ExchangeHead> & { request?: string; response?: string; isCut?: true }

/** Longer bodies are cut. LiveChat's longest message is far shorter, even escaped twice. */
const MAX_KEPT_CHARACTERS = 131_072

/** What truly happened on each side, in order. Tests compare ledgers, not beliefs. */
export class Ledger {
  private readonly entries: LedgerEntry[] = []
  private readonly listeners = new Set<(entry: LedgerEntry) => void>()

  public constructor(
    private readonly clock: SandboxClock,
    private readonly options: { keepsExchanges?: boolean } = {},
  ) {}

  public record(entry: Omit<LedgerEntry, 'seq' | 'atMs'>): LedgerEntry {
    const cause = presentCause()
    const complete: LedgerEntry = {
      seq: this.entries.length + 1,
      atMs: this.clock.nowMs(),
      ...(cause === undefined ? {} : { cause }),
      ...(this.options.keepsExchanges ? { recordedMs: performance.now() } : {}),
      ...entry,
    }
    this.entries.push(complete)
    for (const listener of this.listeners) listener(complete)
    return complete
  }

  /** The part of an entry that holds request and answer; empty unless the ledger keeps them. */
  public exchange(request: unknown, response?: unknown, head: Partial<ExchangeHead> = {}): { exchange?: Exchange } {
    if (!this.options.keepsExchanges) return {}
    const [asked, answered] = [request, response].map(bodyText)
    const isCut = [asked, answered].some((text) => text !== undefined && text.length > MAX_KEPT_CHARACTERS)
    return {
      exchange: {
        ...head,
        ...(asked ? { request: cut(asked) } : {}),
        ...(answered ? { response: cut(answered) } : {}),
        ...(isCut ? { isCut } : {}),
      },
    }
  }

  /** The entry with this number, if there is one. */
  public at(seq: number): LedgerEntry | undefined {
    return this.entries[seq - 1]
  }

  public all(filter: Partial<Pick<LedgerEntry, 'side' | 'kind' | 'name'>> = {}): LedgerEntry[] {
    return this.entries.filter(
      (entry) =>
        (filter.side === undefined || entry.side === filter.side) &&
        (filter.kind === undefined || entry.kind === filter.kind) &&
        (filter.name === undefined || entry.name === filter.name),
    )
  }

  /** The number of entries so far. `since(mark())` later returns what one step caused. */
  public mark(): number {
    return this.entries.length
  }

  public since(mark: number, filter: Partial<Pick<LedgerEntry, 'side' | 'kind' | 'name'>> = {}): LedgerEntry[] {
    return this.all(filter).filter((entry) => entry.seq > mark)
  }

  public subscribe(listener: (entry: LedgerEntry) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

const bodyText = (body: unknown): string | undefined => {
  if (body === undefined) return undefined
  return Buffer.isBuffer(body) ? textOf(body) : typeof body === 'string' ? body : JSON.stringify(body)
}

const cut = (text: string): string =>
  text.length > MAX_KEPT_CHARACTERS ? `${text.slice(0, MAX_KEPT_CHARACTERS)}…` : text

const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  const isBinary = text.includes('\u0000') || text.includes('\ufffd')
  return isBinary ? `(${bytes.length} bytes)` : text
}
