export type Environment =
  { ok: true; configuration: Record<string, unknown>; webhookUrl: string } | { ok: false; problem: string }

const required = ['LIVECHAT_CLIENT_ID', 'LIVECHAT_ORGANIZATION_ID', 'LIVECHAT_WEBHOOK_SECRET', 'WEBHOOK_URL']

/** The configuration as the Studio would hold it. Wrong values are left in it, because the checks report them. */
export const readEnvironment = (env: Record<string, string | undefined>): Environment => {
  const missing = required.filter((name) => !env[name])
  const webhookUrl = env['WEBHOOK_URL'] ?? ''
  if (missing.length > 0)
    return { ok: false, problem: `${missing.join(', ')} not set. Copy .env.example to .env and fill it in.` }
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
    configuration: {
      clientId: env['LIVECHAT_CLIENT_ID'],
      organizationId: env['LIVECHAT_ORGANIZATION_ID'],
      webhookSecret: env['LIVECHAT_WEBHOOK_SECRET'],
      groupId: groupId === undefined ? undefined : Number(groupId),
      agentAccess: { accountId, personalAccessToken },
    },
  }
}
