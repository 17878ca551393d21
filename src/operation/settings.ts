import { RuntimeError } from '@botpress/sdk'
import * as z from 'zod/v4-mini'

const trimmed = z.pipe(
  z.string(),
  z.transform((value) => value.trim()),
)

/**
 * Accepts both fields or none. One field alone is a mistake. A field that was emptied in the form counts as not given.
 */
const agentAccess = () =>
  z.pipe(
    z.optional(z.object({ accountId: z.optional(trimmed), personalAccessToken: z.optional(trimmed) })).check(
      z.refine((given) => !given?.personalAccessToken || given.accountId, 'has a token but no Account ID'),
      z.refine((given) => !given?.accountId || given.personalAccessToken, 'has an Account ID but no token'),
    ),
    z.transform((given) => {
      const { accountId, personalAccessToken } = given ?? {}
      return accountId && personalAccessToken ? { accountId, personalAccessToken } : undefined
    }),
  )

const schema = z.lazy(() =>
  z.object({
    clientId: trimmed.check(z.refine((value) => value !== '', 'is empty')),
    organizationId: trimmed.check(z.refine((value) => value !== '', 'is empty')),
    webhookSecret: z.string().check(z.refine((value) => value.trim() !== '', 'is empty')),
    /** A field that was emptied in the form counts as not given. */
    previousWebhookSecret: z.pipe(
      z.optional(z.string()),
      z.transform((value) => (value?.trim() ? value : undefined)),
    ),
    groupId: z.optional(
      z.number().check(z.refine((id) => Number.isInteger(id) && id >= 0, 'is not a whole number from 0 up')),
    ),
    whenOffline: z._default(z.enum(['queue', 'fail']), 'queue'),
    mergeByEmail: z._default(z.boolean(), true),
    allowBots: z._default(z.boolean(), false),
    announceEdits: z._default(z.boolean(), true),
    announceDeletions: z._default(z.boolean(), true),
    relayGreetings: z._default(z.boolean(), true),
    timeline: z._default(z.boolean(), false),
    relayQueue: z._default(z.boolean(), false),
    queueEventsEverySeconds: z._default(z.number().check(z.refine((seconds) => seconds >= 0, 'is below 0')), 60),
    resumeWithinMinutes: z._default(z.number().check(z.refine((minutes) => minutes >= 0, 'is below 0')), 0),
    agentAccess: agentAccess(),
    texts: z.optional(
      z.object({
        waitingAgain: z.optional(z.string()),
        queuePlace: z.optional(z.string()),
        correction: z.optional(z.string()),
        messageDeleted: z.optional(z.string()),
      }),
    ),
  }),
)
export type Settings = z.infer<typeof schema>

const titles: Record<string, string> = {
  clientId: 'Client ID',
  organizationId: 'Organization ID',
  webhookSecret: 'Webhook secret',
  previousWebhookSecret: 'Previous webhook secret',
  groupId: 'Group ID',
  whenOffline: 'When nobody is online',
  mergeByEmail: 'Merge customers with the same e-mail',
  allowBots: 'Let LiveChat bots answer',
  announceEdits: 'Announce edited messages',
  announceDeletions: 'Announce deleted messages',
  relayGreetings: 'Relay automatic greetings',
  timeline: 'Timeline events',
  relayQueue: 'Tell end users their place in the queue',
  queueEventsEverySeconds: 'Minimum seconds between queue events',
  resumeWithinMinutes: 'Return to the same group within (minutes)',
  texts: 'Texts',
  agentAccess: 'Agent access',
}

/**
 * Checks the configuration and adds the defaults. The SDK does neither.
 * @throws RuntimeError that names the first wrong field
 */
export const readSettings = (configuration: unknown): Settings => {
  const parsed = parseSettings(configuration)
  if (parsed.ok) return parsed.settings
  throw new RuntimeError(
    `LiveChat HITL is not configured: ${parsed.problems[0] ?? ''}. Correct it in the integration's configuration.`,
  )
}

/**
 * Like `readSettings`, but returns all problems, such as `"Client ID" is empty`, instead of throwing. They never
 * contain what was entered.
 */
export const parseSettings = (
  configuration: unknown,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } => {
  const given = dropNulls(configuration) ?? {}
  const parsed = schema.safeParse(given)
  if (parsed.success) return { ok: true, settings: parsed.data }
  const problems = parsed.error.issues.map((issue) => {
    const field = String(issue.path[0] ?? '')
    return `"${titles[field] ?? field}" ${issue.code === 'custom' ? issue.message : mismatch(issue, Reflect.get(Object(given), field))}`
  })
  return { ok: false, problems }
}

const mismatch = (issue: { code: string; expected?: string }, value: unknown): string => {
  if (value === undefined) return 'is missing'
  return issue.expected === 'number' ? 'is not a number' : 'has the wrong type'
}

/** The Studio may send an emptied optional field as null. */
const dropNulls = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, entry]) => (entry === null ? [] : [[name, dropNulls(entry)]])),
      )
    : value
