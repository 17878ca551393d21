import { parseArgs } from 'node:util'
import type { App } from './customer'
import { NotReady, scopes } from './preflight'

export type ProbeArguments = {
  app: App
  agentAccess: { accountId: string; personalAccessToken: string }
  groupId: number
  receiverUrl: string
  port: number
  jsonPath: string | undefined
  isConfirmed: boolean
  hasHands: boolean
}

const options = {
  group: { type: 'string' },
  receiver: { type: 'string' },
  port: { type: 'string', default: '4030' },
  json: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'no-hands': { type: 'boolean', default: false },
} as const

export const help = `npm run probe -- --group <id> --receiver <address> [options]

Plays both sides of short chats on a real LiveChat license, and prints what
LiveChat really does where its documents leave it open. Takes about 5 minutes.

  --group <id>          a group in which the token's owner is the only agent
  --receiver <address>  a tunnel's https address that leads to --port here
  --port <number>       where the probe waits for webhooks (4030)
  --json <file>         writes the report as JSON, too
  --no-hands            asks nobody to look at LiveChat's app or to click there
  --yes                 begins without asking

Reads .env, as npm run doctor does: LIVECHAT_CLIENT_ID,
LIVECHAT_ORGANIZATION_ID, WEBHOOK_URL (a redirect URI of the app),
LIVECHAT_ACCOUNT_ID, LIVECHAT_PERSONAL_ACCESS_TOKEN.

The token's owner is an administrator, signed in to LiveChat's app.
The token needs these scopes:
${Object.entries(scopes)
  .map(([scope, use]) => `  ${scope.padEnd(27)} ${use}`)
  .join('\n')}

Exit code: 0 all that was seen is as believed, 1 something differs,
2 it could not run, 130 it was stopped.`

const required = [
  'LIVECHAT_CLIENT_ID',
  'LIVECHAT_ORGANIZATION_ID',
  'WEBHOOK_URL',
  'LIVECHAT_ACCOUNT_ID',
  'LIVECHAT_PERSONAL_ACCESS_TOKEN',
]

/**
 * Reads what was typed and the environment.
 * @throws NotReady
 */
export const readArguments = (args: readonly string[], env: Record<string, string | undefined>): ProbeArguments => {
  const { values } = parseArgs({ args: [...args], options })
  const missing = required.filter((name) => !env[name])
  if (missing.length > 0) throw new NotReady(`${missing.join(', ')} not set. Copy .env.example to .env and fill it in.`)
  const groupId = Number(values.group ?? Number.NaN)
  if (!Number.isInteger(groupId) || groupId < 1)
    throw new NotReady('--group: give the number of a group in which the owner of the token is the only agent.')
  const { receiver = '' } = values
  if (!URL.canParse(receiver)) throw new NotReady("--receiver: give the tunnel's address, such as https://example.com.")
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new NotReady('--port: give a number up to 65535.')
  const valueOf = (name: string): string => env[name] ?? ''
  return {
    app: {
      clientId: valueOf('LIVECHAT_CLIENT_ID'),
      organizationId: valueOf('LIVECHAT_ORGANIZATION_ID'),
      redirectUri: valueOf('WEBHOOK_URL'),
    },
    agentAccess: {
      accountId: valueOf('LIVECHAT_ACCOUNT_ID'),
      personalAccessToken: valueOf('LIVECHAT_PERSONAL_ACCESS_TOKEN'),
    },
    groupId,
    receiverUrl: receiver,
    port,
    jsonPath: values.json,
    isConfirmed: values.yes,
    hasHands: !values['no-hands'],
  }
}
