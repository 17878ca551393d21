import { z } from 'zod'
import { BotpressApiError } from '../errors'
import { parseQuery, type ApiCall } from './call'

type Listed = { seq: number; createdAtMs: number; updatedAtMs: number }

const dateTime = z.string().datetime({ offset: true })

const schema = z.object({
  nextToken: z.string().optional(),
  sortField: z.enum(['createdAt', 'updatedAt']).optional(),
  sortDirection: z.enum(['asc', 'desc']).optional(),
  rangeField: z.enum(['createdAt', 'updatedAt']).optional(),
  afterDate: dateTime.optional(),
  beforeDate: dateTime.optional(),
})

type Page<T> = { items: T[]; meta: { nextToken?: string } }

/** One page of the objects: newest first unless the query says otherwise. */
export const pageOf = <T extends Listed>(call: Pick<ApiCall, 'query' | 'world'>, objects: T[]): Page<T> => {
  const query = parseQuery(schema, call.query)
  const sortBy = query.sortField === 'updatedAt' ? 'updatedAtMs' : 'createdAtMs'
  const rangeBy = query.rangeField === 'updatedAt' ? 'updatedAtMs' : 'createdAtMs'
  const sign = query.sortDirection === 'asc' ? 1 : -1
  const afterMs = query.afterDate === undefined ? -Infinity : Date.parse(query.afterDate)
  const beforeMs = query.beforeDate === undefined ? Infinity : Date.parse(query.beforeDate)
  const sorted = objects
    .filter((object) => object[rangeBy] >= afterMs && object[rangeBy] <= beforeMs)
    .sort((a, b) => sign * (a[sortBy] - b[sortBy] || a.seq - b.seq))

  const start = query.nextToken === undefined ? 0 : startAfter(sorted, query.nextToken)
  const items = sorted.slice(start, start + call.world.knobs.pageSize)
  const last = items.at(-1)
  const hasMore = start + items.length < sorted.length
  return { items, meta: last && hasMore ? { nextToken: Buffer.from(String(last.seq)).toString('base64url') } : {} }
}

const startAfter = (sorted: Listed[], nextToken: string): number => {
  const seq = Number(Buffer.from(nextToken, 'base64url').toString())
  const index = sorted.findIndex((object) => object.seq === seq)
  if (index < 0) throw new BotpressApiError('InvalidQuery', 'nextToken is not valid')
  return index + 1
}
