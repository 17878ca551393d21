import { ApiError } from './errors'
import type { World } from './world'

const PAGE_ID_LIFE_MS = 30 * 24 * 3600_000

type Page = { offset: number; limit: number; order: 'asc' | 'desc'; madeAtMs: number }
type Asked = { page_id?: string | undefined; limit?: number | undefined; sort_order?: 'asc' | 'desc' | undefined }
export type Paged<Item> = { items: Item[]; next_page_id?: string; previous_page_id?: string }

/** One page of `items`, which are in ascending order. A page id carries the limit and order of the first call. */
export const pageOf = <Item>(world: World, items: Item[], asked: Asked, defaultLimit: number): Paged<Item> => {
  const page: Page = asked.page_id
    ? decode(world, asked.page_id)
    : {
        offset: 0,
        limit: asked.limit ?? defaultLimit,
        order: asked.sort_order ?? 'desc',
        madeAtMs: world.clock.nowMs(),
      }
  const ordered = page.order === 'asc' ? items : items.toReversed()
  const encode = (offset: number): string =>
    Buffer.from(JSON.stringify({ ...page, offset, madeAtMs: world.clock.nowMs() })).toString('base64url')
  return {
    items: ordered.slice(page.offset, page.offset + page.limit),
    ...(page.offset + page.limit < ordered.length ? { next_page_id: encode(page.offset + page.limit) } : {}),
    ...(page.offset > 0 ? { previous_page_id: encode(Math.max(0, page.offset - page.limit)) } : {}),
  }
}

const decode = (world: World, pageId: string): Page => {
  try {
    const page = JSON.parse(Buffer.from(pageId, 'base64url').toString()) as Page
    if (page.madeAtMs + PAGE_ID_LIFE_MS > world.clock.nowMs() && page.limit > 0) return page
  } catch {
    // Refused below, like an expired page id.
  }
  throw new ApiError('validation', 'page_id: invalid or expired')
}
