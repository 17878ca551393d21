import { z } from 'zod'
import type { Chat } from '../model'
import { findChatOf, lastThread, type World } from '../world'
import { threadOf } from '../chats/find'
import { ApiError, parseFields } from '../errors'
import { pageOf } from '../paging'
import { customerChat, customerChatSummary, customerThread, isVisibleToCustomer } from '../shapes/customer-view'
import { ownChat, type CustomerMethod } from './context'

const pageFields = {
  sort_order: z.enum(['asc', 'desc']).optional(),
  page_id: z.string().optional(),
}

export const getChat: CustomerMethod = (call) => {
  const fields = parseFields(z.object({ chat_id: z.string(), thread_id: z.string().optional() }), call.body)
  const chat = ownChat(call, fields.chat_id)
  const thread = fields.thread_id === undefined ? lastThread(chat) : threadOf(chat, fields.thread_id)
  return customerChat(call.world, chat, thread)
}

const listChatsFields = z.object({ limit: z.number().int().min(1).max(25).optional(), ...pageFields })

export const listChats: CustomerMethod = ({ world, customer, version, body }) => {
  const fields = parseFields(listChatsFields, body)
  const chat = asListed(world, findChatOf(world, customer.id))
  const { items, ...pages } = pageOf(world, chat ? [chat] : [], fields, 10)
  const summaries = items.map((item) => customerChatSummary(world, item, version))
  return {
    [version === '3.7' ? 'chats_info' : 'chats_summary']: summaries,
    total_chats: chat ? 1 : 0,
    ...pages,
  }
}

/** While lists lag, a thread that was just opened is not there yet, nor is a chat without an earlier one. */
const asListed = ({ clock, knobs }: World, chat: Chat | undefined): Chat | undefined => {
  const threads = chat?.threads.filter(({ createdAt }) => clock.nowMs() - Date.parse(createdAt) >= knobs.chatListLagMs)
  return chat && threads && threads.length > 0 ? { ...chat, threads } : undefined
}

const listThreadsFields = z
  .object({
    chat_id: z.string(),
    limit: z.number().int().min(1).max(100).optional(),
    min_events_count: z.number().int().min(1).max(100).optional(),
    ...pageFields,
  })
  .refine((fields) => fields.limit === undefined || fields.min_events_count === undefined, {
    message: 'does not go together with limit',
    path: ['min_events_count'],
  })

export const listThreads: CustomerMethod = (call) => {
  const { world } = call
  const fields = parseFields(listThreadsFields, call.body)
  const chat = ownChat(call, fields.chat_id)
  if (fields.page_id !== undefined && fields.limit !== undefined) {
    throw new ApiError('validation', 'limit: does not go together with page_id')
  }
  const threads = chat.threads
  const limit = fields.min_events_count === undefined ? fields.limit : threadsFor(threads, fields)
  const { items, ...pages } = pageOf(world, threads, { ...fields, limit }, 3)
  return {
    threads: items.map((thread) => customerThread(world, chat, thread)),
    found_threads: threads.length,
    ...pages,
  }
}

type Threads = Parameters<typeof customerThread>[1]['threads']

/** The number of threads that together have at least this many events. */
const threadsFor = (
  threads: Threads,
  fields: { min_events_count?: number | undefined; sort_order?: 'asc' | 'desc' | undefined },
): number => {
  const ordered = fields.sort_order === 'asc' ? threads : threads.toReversed()
  let events = 0
  const index = ordered.findIndex((thread) => {
    events += thread.events.filter(isVisibleToCustomer).length
    return events >= (fields.min_events_count ?? 1)
  })
  return index < 0 ? Math.max(1, ordered.length) : index + 1
}
