export type Environment =
  { ok: true; configuration: Record<string, unknown>; webhookUrl: string } | { ok: false; problems: string[] }

const required = ['LIVECHAT_CLIENT_ID', 'LIVECHAT_ORGANIZATION_ID', 'LIVECHAT_WEBHOOK_SECRET', 'WEBHOOK_URL']

/** The configuration as the Studio would hold it. What is wrong with a value is for the checks to say. */
export const readEnvironment = (env: Record<string, string | undefined>): Environment => {
  const missing = required.filter((name) => !env[name]).map((name) => `${name} is not set`)
  const webhookUrl = env['WEBHOOK_URL'] ?? ''
  const problems = missing.length === 0 && !URL.canParse(webhookUrl) ? ['WEBHOOK_URL is no address'] : missing
  if (problems.length > 0) return { ok: false, problems }

  const [groupId, accountId, personalAccessToken] = [
    env['LIVECHAT_GROUP_ID'],
    env['LIVECHAT_ACCOUNT_ID'],
    env['LIVECHAT_PERSONAL_ACCESS_TOKEN'],
  ].map((value) => value || undefined)
  return {
    ok: true,
    webhookUrl,
    configuration: {
      clientId: env['LIVECHAT_CLIENT_ID'],
      organizationId: env['LIVECHAT_ORGANIZATION_ID'],
      webhookSecret: env['LIVECHAT_WEBHOOK_SECRET'],
      groupId: groupId === undefined ? undefined : Number(groupId),
      agentAccess: { accountId, personalAccessToken },
    },
  }
}
