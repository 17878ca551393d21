import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LedgerEntry } from '../ledger'
import type { LedgerView, Snapshot } from './views'

/** Changes within this time reach clients as one state. Nobody notices so short a delay. */
const GATHER_MS = 10
/** Keeps connections open, and lets a client notice a dead connection. */
const HEARTBEAT_MS = 15_000
/** Most entries that a reconnecting client gets. One that missed more reads the ledger itself. */
const MAX_REPLAYED = 500

type Source = {
  snapshot: () => Snapshot
  /** Number of the ledger entry after which a new client starts. */
  startMark: number
  /** Entries after this number, oldest first. */
  ledgerSince: (seq: number) => LedgerView[]
  view: (entry: LedgerEntry) => LedgerView
}

/**
 * Server-sent events: `state` (a snapshot) and `ledger` (one entry with its number, so that a reconnecting client
 * misses none).
 */
export class Stream {
  private readonly clients = new Set<ServerResponse>()
  private gathering: NodeJS.Timeout | undefined
  private readonly heartbeat = setInterval(() => this.send(': alive\n\n'), HEARTBEAT_MS)

  public constructor(private readonly source: Source) {}

  public connect(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const lastSeq = Number(request.headers['last-event-id'] ?? this.source.startMark)
    const missed = this.source.ledgerSince(Number.isFinite(lastSeq) ? lastSeq : 0).slice(-MAX_REPLAYED)
    response.write(stateEvent(this.source.snapshot()) + missed.map(ledgerEvent).join(''))
    this.clients.add(response)
    response.on('close', () => this.clients.delete(response))
  }

  public ledgerGrew(entry: LedgerEntry): void {
    if (this.clients.size > 0) this.send(ledgerEvent(this.source.view(entry)))
    this.stateChanged()
  }

  public stateChanged(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined
      if (this.clients.size > 0) this.send(stateEvent(this.source.snapshot()))
    }, GATHER_MS)
  }

  public close(): void {
    clearTimeout(this.gathering)
    clearInterval(this.heartbeat)
    for (const client of this.clients) client.end()
  }

  private send(text: string): void {
    for (const client of this.clients) client.write(text)
  }
}

const stateEvent = (snapshot: Snapshot): string => `event: state\ndata: ${JSON.stringify(snapshot)}\n\n`

const ledgerEvent = (entry: LedgerView): string => `id: ${entry.seq}\nevent: ledger\ndata: ${JSON.stringify(entry)}\n\n`
