import { useEffect, useRef, useState } from 'react'
import { Button } from '@livechat/design-system-react-components'
import type { LedgerView } from '../../control/views'
import { api } from '../api'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { toCurl } from './curl'
import { JsonView } from './json-view'
import { Replay } from './replay'

/** Everything that is known of one entry. It is fetched when somebody opens it. */
export const EntryDetail = ({ seq }: { seq: number }) => {
  const { attempt } = useNotices()
  const [entry, setEntry] = useState<LedgerView>()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void attempt(api.entry(seq).then(setEntry))
  }, [seq, attempt])
  useEffect(() => {
    // In the last row, it would otherwise open out of sight. The row goes along, so that one sees what was opened.
    box.current?.closest('.entry')?.scrollIntoView({ block: 'nearest' })
  }, [entry])
  return (
    <div className="entry__detail" ref={box}>
      {entry && <Content entry={entry} />}
    </div>
  )
}

const Content = ({ entry }: { entry: LedgerView }) => {
  const { attempt, tell } = useNotices()
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const [isReplaying, setReplaying] = useState(false)
  const editor = useRef<HTMLButtonElement & HTMLAnchorElement>(null)
  const { detail, exchange = {}, kind, name } = entry
  const isWebhook = kind === 'delivery' && name.startsWith('webhook/')
  const copy = async (): Promise<void> => {
    if (await attempt(navigator.clipboard.writeText(toCurl(exchange)))) tell('Copied. Put your own secrets in.')
  }
  const told = ({ status }: { status: number }): void => tell(`Replayed: the integration answered ${status}.`)
  return (
    <>
      {kind !== 'effect' && (
        <p className="entry__tools">
          <Button kind="secondary" size="xcompact" disabled={exchange.isCut === true} onClick={() => void copy()}>
            Copy as cURL
          </Button>
          {isWebhook && !isRecorded && (
            <>
              <Button kind="secondary" size="xcompact" onClick={() => void attempt(api.replay(entry.seq).then(told))}>
                Replay
              </Button>
              <Button
                ref={editor}
                kind="secondary"
                size="xcompact"
                aria-expanded={isReplaying}
                onClick={() => setReplaying(!isReplaying)}
              >
                Edit and replay
              </Button>
            </>
          )}
        </p>
      )}
      {isReplaying && (
        <Replay
          seq={entry.seq}
          body={exchange.request ?? ''}
          onReplayed={told}
          onDone={() => {
            setReplaying(false)
            editor.current?.focus()
          }}
        />
      )}
      {detail && <Block title="Detail" text={JSON.stringify(detail, undefined, 2)} />}
      {exchange.url !== undefined && (
        <Block title="Request headers" text={headText(`${exchange.method} ${exchange.url}`, exchange.requestHeaders)} />
      )}
      {exchange.request !== undefined && <Block title="Request" text={exchange.request} />}
      {Object.keys(exchange.responseHeaders ?? {}).length > 0 && (
        <Block title="Answer headers" text={headText(`${entry.status ?? 'lost'}`, exchange.responseHeaders)} />
      )}
      {exchange.response !== undefined && <Block title="Answer" text={exchange.response} />}
      {!detail && !entry.exchange && <p className="inspector__empty">Nothing was sent along.</p>}
    </>
  )
}

const headText = (firstLine: string, headers: Record<string, string> = {}): string =>
  [firstLine, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\n')

const Block = ({ title, text }: { title: string; text: string }) => (
  <figure>
    <figcaption>{title}</figcaption>
    <JsonView text={text} />
  </figure>
)
