import { RuntimeError } from '@botpress/sdk'
import * as z from 'zod/v4-mini'

const trimmed = z.pipe(
  z.string(),
  z.transform((value) => value.trim()),
)

const schema = z.object({
  clientId: trimmed.check(z.refine((value) => value !== '', 'is empty')),
  organizationId: trimmed.check(z.refine((value) => value !== '', 'is empty')),
  webhookSecret: z.string().check(z.refine((value) => value.trim() !== '', 'is empty')),
  previousWebhookSecret: z.optional(z.string().check(z.refine((value) => value.trim() !== '', 'is empty'))),
  groupId: z.optional(
    z.number().check(z.refine((id) => Number.isInteger(id) && id >= 0, 'is not a whole number from 0 up')),
  ),
  whenOffline: z._default(z.enum(['queue', 'fail']), 'queue'),
  mergeByEmail: z._default(z.boolean(), true),
  allowBots: z._default(z.boolean(), false),
})
export type Settings = z.infer<typeof schema>

const titles: Record<string, string> = {
  clientId: 'Client ID',
  organizationId: 'Organization ID',
  webhookSecret: 'Webhook secret',
  previousWebhookSecret: 'Previous webhook secret',
  groupId: 'Group ID',
  whenOffline: 'When nobody is online',
  mergeByEmail: 'One person per e-mail address',
  allowBots: 'Let LiveChat bots answer',
}

/**
 * The configuration with its defaults: the SDK applies none and checks nothing.
 * @throws RuntimeError that names the field
 */
export const readSettings = (configuration: unknown): Settings => {
  const parsed = schema.safeParse(dropNulls(configuration))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = String(issue?.path[0] ?? '')
  const problem = issue?.code === 'custom' ? issue.message : 'is missing or of the wrong kind'
  throw new RuntimeError(
    `LiveChat HITL is not configured: "${titles[field] ?? field}" ${problem}. Correct it in the integration's configuration.`,
  )
}

/** The Studio may send an emptied optional field as null. */
const dropNulls = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null))
    : value
