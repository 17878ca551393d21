import { textAt } from '../json'
import type { Arrival } from '../receiver'
import type { Tell } from '../sighting'
import type { Act } from './act'

const fewestPairs = 3

/** What all deliveries of the run have in common. Makes no calls. */
export const habits: Act = {
  title: 'What the webhooks have in common',
  beliefs: ['additionalData', 'webhookShuffle'],
  play: async ({ receiver }, tell) => {
    lookAtAdditionalData(receiver.arrivals(), tell)
    lookAtSequence(receiver.arrivals(), tell)
  },
}

const lookAtAdditionalData = (arrivals: readonly Arrival[], tell: Tell): void => {
  const transfers = arrivals.filter(({ hook }) => hook === 'transfers')
  const others = arrivals.filter(({ hook }) => hook !== 'transfers')
  if (transfers.length === 0 || others.length === 0)
    return tell('additionalData', { notSeen: 'chat_transferred, or every other webhook, did not come' })
  const share = (of: Arrival[]): 'all' | 'none' | 'some' => {
    const count = of.filter(({ hasAdditionalData }) => hasAdditionalData).length
    return count === of.length ? 'all' : count === 0 ? 'none' : 'some'
  }
  const [withTransfers, withOthers] = [share(transfers), share(others)]
  const values: Record<string, string> = { 'all all': 'always', 'none none': 'never', 'none all': 'as_in_samples' }
  const value = values[`${withTransfers} ${withOthers}`]
  tell('additionalData', {
    ...(value === undefined ? {} : { value }),
    seen: `Of chat_transferred: ${withTransfers}; of the others: ${withOthers}`,
    control: `${transfers.length} and ${others.length} deliveries were looked at`,
  })
}

/** Each close is told twice in one moment: by the remark in the thread, then by chat_deactivated. */
const lookAtSequence = (arrivals: readonly Arrival[], tell: Tell): void => {
  const ends = arrivals.filter(({ hook }) => hook === 'ends')
  const threadIds = new Set(ends.flatMap(({ payload }) => textAt(payload, 'thread_id') ?? []))
  const pairs = [...threadIds].flatMap((threadId) => {
    const end = ends.find(({ payload }) => textAt(payload, 'thread_id') === threadId)
    const remark = lastRemark(arrivals, threadId)
    return end && remark ? [{ end, remark }] : []
  })
  if (pairs.length < fewestPairs) return tell('webhookShuffle', { notSeen: 'too few webhooks came in pairs' })
  const overtaken = pairs.filter(({ end, remark }) => end.order < remark.order).length
  tell('webhookShuffle', {
    value: overtaken > 0,
    seen: `In ${overtaken} of ${pairs.length} closes, chat_deactivated came before the remark in the thread`,
    control: 'both came each time, over one receiver',
  })
}

/** The first delivery of a thread's last remark. LiveChat numbers the events of a thread in their ids. */
const lastRemark = (arrivals: readonly Arrival[], threadId: string): Arrival | undefined => {
  const numberOf = ({ payload }: Arrival): number => Number(textAt(payload, 'event', 'id')?.split('_').at(-1))
  const remarks = arrivals.filter(
    ({ hook, payload }) =>
      hook === 'words' &&
      textAt(payload, 'thread_id') === threadId &&
      ['system_message', 'system'].includes(textAt(payload, 'event', 'type') ?? ''),
  )
  return remarks.sort((a, b) => numberOf(b) - numberOf(a) || a.order - b.order)[0]
}
