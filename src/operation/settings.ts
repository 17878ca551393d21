import { RuntimeError } from '@botpress/sdk'
import * as z from 'zod/v4-mini'
import { pages } from '../definitions/console-pages'

/** Spaces and quotes around a copied id belong to the place that it was copied from. */
const copied = z.pipe(
  z.string(),
  z.transform((value) =>
    value
      .trim()
      .replace(/^(["'])(.*)\1$/s, '$2')
      .trim(),
  ),
)
const isEmpty = 'is empty'

/**
 * Accepts both fields or none. One field alone is a mistake. A field that was emptied in the form counts as not given.
 */
const agentAccess = () =>
  z.pipe(
    z.optional(z.object({ accountId: z.optional(copied), personalAccessToken: z.optional(copied) })).check(
      z.refine((given) => !given?.personalAccessToken || given.accountId, { error: isEmpty, path: ['accountId'] }),
      z.refine((given) => !given?.accountId || given.personalAccessToken, {
        error: isEmpty,
        path: ['personalAccessToken'],
      }),
    ),
    z.transform((given) => {
      const { accountId, personalAccessToken } = given ?? {}
      return accountId && personalAccessToken ? { accountId, personalAccessToken } : undefined
    }),
  )

/** The fields in the order of the form. Fields that are not listed here are ignored. */
const schema = z.lazy(() =>
  z.object({
    clientId: copied.check(z.refine((value) => value !== '', isEmpty)),
    organizationId: copied.check(z.refine((value) => value !== '', isEmpty)),
    webhookSecret: z.string().check(z.refine((value) => value.trim() !== '', isEmpty)),
    groupId: z.optional(
      z.number().check(z.refine((id) => Number.isSafeInteger(id) && id >= 0, 'is not a whole number from 0 up')),
    ),
    whenOffline: z._default(z.enum(['queue', 'fail']), 'queue'),
    agentAccess: agentAccess(),
    allowBots: z._default(z.boolean(), false),
    announceChanges: z._default(z.boolean(), true),
    mergeByEmail: z._default(z.boolean(), false),
    texts: z.optional(
      z.object({
        waitingAgain: z.optional(z.string()),
        correction: z.optional(z.string()),
        messageDeleted: z.optional(z.string()),
        notDelivered: z.optional(z.string()),
        maybeNotDelivered: z.optional(z.string()),
        namelessAgent: z.optional(z.string()),
        chatClosed: z.optional(z.string()),
      }),
    ),
    /** A field that was emptied in the form counts as not given. */
    previousWebhookSecret: z.pipe(
      z.optional(z.string()),
      z.transform((value) => (value?.trim() ? value : undefined)),
    ),
  }),
)
export type Settings = z.infer<typeof schema>

/** What the form calls the fields. */
const titles: Record<string, string> = {
  clientId: 'Client ID',
  organizationId: 'Organization ID',
  webhookSecret: 'Webhook secret',
  groupId: 'Group ID',
  whenOffline: 'When nobody is online',
  agentAccess: 'Agent access',
  accountId: 'Account ID',
  personalAccessToken: 'Personal Access Token',
  allowBots: 'Let LiveChat bots answer',
  announceChanges: 'Announce edited and deleted messages',
  mergeByEmail: 'Merge customers with the same e-mail',
  texts: 'Texts',
  waitingAgain: 'Passed back to a queue',
  correction: 'Before a correction',
  messageDeleted: 'Message deleted',
  previousWebhookSecret: 'Previous webhook secret',
}

/** Where the bot's owner finds what a field needs. */
const sources: Record<string, string> = {
  clientId: `copy it from ${pages.authorization}`,
  organizationId: `copy it from ${pages.account}`,
  webhookSecret: `enter the secret key of the Chat Webhooks, ${pages.webhooks}`,
  groupId: `copy it from the address of the group’s page, ${pages.groups}, or leave the field empty`,
  accountId: `copy it from ${pages.tokens}, or empty both fields`,
  personalAccessToken: `make a token under ${pages.tokens}, or empty both fields`,
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
 * Like `readSettings`, but returns all problems, such as `"Client ID" is empty: copy it from …`, instead of throwing.
 * They never contain what was entered.
 */
export const parseSettings = (
  configuration: unknown,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } => {
  const given = dropBlanks(dropNulls(configuration) ?? {})
  const parsed = schema.safeParse(given)
  if (parsed.success) return { ok: true, settings: parsed.data }
  return { ok: false, problems: parsed.error.issues.map((issue) => problemOf(issue, given)) }
}

type Mismatch = { code: string; message: string; path: PropertyKey[]; expected?: string; values?: unknown[] }

const problemOf = (issue: Mismatch, given: unknown): string => {
  const path = issue.path.map(String)
  const name = path.map((part) => `"${titles[part] ?? part}"`).join(': ')
  const value = path.reduce<unknown>((from, part) => Reflect.get(Object(from), part), given)
  const source = sources[path.at(-1) ?? '']
  return `${name} ${issue.code === 'custom' ? issue.message : mismatch(issue, value)}${source ? `: ${source}` : ''}`
}

const mismatch = ({ expected, values }: Mismatch, value: unknown): string => {
  if (value === undefined) return 'is missing'
  if (values) return `must be ${values.map((each) => `"${String(each)}"`).join(' or ')}`
  return expected === 'number' ? 'is not a number' : 'has the wrong type'
}

/** The Studio may send an emptied optional field as null. */
const dropNulls = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, entry]) => (entry === null ? [] : [[name, dropNulls(entry)]])),
      )
    : value

/** These fields never hold free text. If one is blank, it was emptied in the form. */
const neverBlank = new Set([
  'groupId',
  'whenOffline',
  'agentAccess',
  'allowBots',
  'announceChanges',
  'mergeByEmail',
  'texts',
])

const dropBlanks = (given: object): object =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => !(neverBlank.has(name) && typeof value === 'string' && value.trim() === ''),
    ),
  )
