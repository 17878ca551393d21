import type { Check } from '../../src/setup/checks/finding'
import type { EnvFile } from './env-file'

/** `emptyInShell`: set in the shell to nothing, which overrides the file. */
type File = EnvFile & { emptyInShell: string[] }

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
export const readEnvironment = (env: Record<string, string | undefined>, file: File | undefined): Environment => {
  const missing = required.filter((name) => !env[name])
  const typedUrl = env['WEBHOOK_URL'] ?? ''
  const webhookUrl = typedUrl.replace(/\/+$/, '')
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
    findings: [...(file?.cut ?? []).map(cutValue), ...(webhookUrl === typedUrl ? [] : [trailingSlash])],
    configuration: {
      clientId: env['LIVECHAT_CLIENT_ID'],
      organizationId: env['LIVECHAT_ORGANIZATION_ID'],
      webhookSecret: env['LIVECHAT_WEBHOOK_SECRET'],
      groupId: groupId === undefined ? undefined : Number(groupId),
      agentAccess: { accountId, personalAccessToken },
    },
  }
}

const howToFill = (missing: string[], file: File | undefined): string => {
  const names = missing.join(', ')
  if (!file) return `${names} not set. Copy .env.example to .env and fill it in.`
  const ways: [names: string[], say: (names: string) => string][] = [
    [file.emptyInShell, (names) => `${names} empty in the shell, which overrides .env: unset it.`],
    [file.cut, (names) => `${names} cut in .env by a # without quotes: put the value between quotes, ${names}="…"`],
    [file.blank, (names) => `${names} blank in .env: fill in the value.`],
    [missing, (names) => `${names} not in .env: .env.example shows the lines.`],
  ]
  let left = missing
  const sentences = ways.flatMap(([names, say]) => {
    const found = left.filter((name) => names.includes(name))
    left = left.filter((name) => !names.includes(name))
    return found.length > 0 ? [say(found.join(', '))] : []
  })
  return sentences.join(' ')
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
  seen: 'It ends with a slash. It was checked without.',
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
