import type { Check } from '../../src/setup/checks/finding'
import type { EnvFile } from './env-file'

export type Environment =
  | {
      ok: true
      configuration: Record<string, unknown>
      webhookUrl: string
      /** What is odd about the variables themselves. */
      findings: Check[]
    }
  | { ok: false; problem: string }

const required = ['LIVECHAT_CLIENT_ID', 'LIVECHAT_ORGANIZATION_ID', 'LIVECHAT_WEBHOOK_SECRET', 'WEBHOOK_URL']

/**
 * The configuration as the Studio would hold it. Wrong values are left in it, because the checks report them.
 * @param file undefined without a .env file
 */
export const readEnvironment = (env: Record<string, string | undefined>, file: EnvFile | undefined): Environment => {
  const missing = required.filter((name) => !env[name])
  const webhookUrl = env['WEBHOOK_URL'] ?? ''
  if (missing.length > 0) return { ok: false, problem: howToFill(missing, file) }
  if (!URL.canParse(webhookUrl))
    return { ok: false, problem: 'WEBHOOK_URL is not a URL. Copy it from the integration’s page in Botpress.' }

  const [groupId, accountId, personalAccessToken] = [
    env['LIVECHAT_GROUP_ID'],
    env['LIVECHAT_ACCOUNT_ID'],
    env['LIVECHAT_PERSONAL_ACCESS_TOKEN'],
  ].map((value) => value || undefined)
  return {
    ok: true,
    webhookUrl,
    findings: [...(file?.cut ?? []).map(cutValue), ...(webhookUrl.endsWith('/') ? [trailingSlash] : [])],
    configuration: {
      clientId: env['LIVECHAT_CLIENT_ID'],
      organizationId: env['LIVECHAT_ORGANIZATION_ID'],
      webhookSecret: env['LIVECHAT_WEBHOOK_SECRET'],
      groupId: groupId === undefined ? undefined : Number(groupId),
      agentAccess: { accountId, personalAccessToken },
    },
  }
}

const howToFill = (missing: string[], file: EnvFile | undefined): string => {
  const names = missing.join(', ')
  if (!file) return `${names} not set. Copy .env.example to .env and fill it in.`
  const blank = missing.filter((name) => file.blank.includes(name))
  const absent = missing.filter((name) => !file.blank.includes(name))
  return [
    ...(blank.length > 0 ? [`${blank.join(', ')} blank in .env: fill in the value.`] : []),
    ...(absent.length > 0 ? [`${absent.join(', ')} not in .env: .env.example shows the lines.`] : []),
  ].join(' ')
}

const cutValue = (name: string): Check => ({
  id: `env-${name}`,
  title: name,
  status: 'problem',
  seen: 'A # without quotes cuts its value in .env.',
  fix: `Put the value of ${name} in .env between quotes: ${name}="…"`,
})

const trailingSlash: Check = {
  id: 'env-slash',
  title: 'WEBHOOK_URL',
  status: 'warning',
  seen: 'It ends with a slash.',
  fix: 'Botpress’ address has no slash at its end, and LiveChat tells the two apart. Remove it from WEBHOOK_URL in .env.',
}

const variables: Record<string, string> = {
  'Client ID': 'LIVECHAT_CLIENT_ID',
  'Organization ID': 'LIVECHAT_ORGANIZATION_ID',
  'Webhook secret': 'LIVECHAT_WEBHOOK_SECRET',
  'Group ID': 'LIVECHAT_GROUP_ID',
  'Account ID': 'LIVECHAT_ACCOUNT_ID',
  'Personal Access Token': 'LIVECHAT_PERSONAL_ACCESS_TOKEN',
}

/** Names the variable beside each field of the form in Botpress, which a text puts in quotes. */
export const withVariables = (text: string): string =>
  text.replaceAll(/"([^"]+)"/g, (quoted, title: string) =>
    Object.hasOwn(variables, title) ? `${quoted} (${variables[title]})` : quoted,
  )
