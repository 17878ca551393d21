import { z } from 'zod'
import type { Stage } from './stage'
import { recordFiles } from './recorded-files'
import type { RecordedSession } from './views'

/** Everything that the page shows of a run, with secrets masked, to be opened somewhere else. */
export const recordSession = async (stage: Stage): Promise<RecordedSession> => {
  const { live, ledgerSince, masker, system } = stage
  const state = stage.snapshot()
  return {
    format: 'livechat-hitl-sandbox-session',
    version: 1,
    recordedAt: new Date(system.clock.nowMs()).toISOString(),
    state: masker.value(state) as RecordedSession['state'],
    causes: live.causes(),
    rows: live.rows(Infinity),
    entries: ledgerSince(0),
    files: await recordFiles(stage, state),
  }
}

const list = z.array(z.object({}).passthrough())
const recorded = z.object({
  format: z.literal('livechat-hitl-sandbox-session'),
  version: z.literal(1),
  recordedAt: z.string().datetime(),
  state: z.object({ people: list, chats: list, agents: list }).passthrough(),
  causes: list,
  rows: list,
  entries: list,
  files: list.default([]),
})

/** Reads what `recordSession` made. Throws what is wrong with the file. */
export const readSession = (text: string): RecordedSession => {
  const result = recorded.safeParse(parseJson(text))
  if (!result.success) throw new Error('This is not a session that the sandbox has exported (version 1).')
  return result.data as unknown as RecordedSession
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
