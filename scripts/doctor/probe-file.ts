import { chmod, readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { LiveChatApp } from '../../src/livechat/accounts'
import type { ProbeStore } from '../../src/customers/probe-customer'

/** Ignored by git, because whoever has it can act as the LiveChat customer that checks the settings. */
const path = '.livechat-doctor.json'

const schema = z.object({
  clientId: z.string(),
  organizationId: z.string(),
  customer: z.object({
    customerId: z.string(),
    secret: z.string(),
    accessToken: z.string(),
    accessTokenExpiresAtMs: z.number(),
    region: z.string().optional(),
  }),
})

/** Keeps that customer in the working directory, readable by its owner alone, so that the next run can use it again. */
export const probeFile = ({ clientId, organizationId }: LiveChatApp): ProbeStore => ({
  read: async () => {
    const kept = schema.safeParse(await readJson())
    if (!kept.success || kept.data.clientId !== clientId || kept.data.organizationId !== organizationId)
      return undefined
    const { region, ...customer } = kept.data.customer
    return { ...customer, ...(region === undefined ? {} : { region }) }
  },
  keep: async (customer) => {
    await writeFile(path, JSON.stringify({ clientId, organizationId, customer }), { mode: 0o600 })
    // `mode` above applies to a new file only.
    await chmod(path, 0o600)
  },
})

/** A missing or truncated file counts as none. */
const readJson = async (): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT'))
      return undefined
    throw error
  }
}
